-- When the newest state was recorded that a whole backup has: ops/backup/backup adds a row once its file is there. Only the time of the
-- last is asked for. A backup leaves these rows out, so that a restored database is one that was never backed up.

create table backup (
    at timestamptz not null
);
