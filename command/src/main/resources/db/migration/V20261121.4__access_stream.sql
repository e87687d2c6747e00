-- Beside the plans, the log has a stream `access`: who signed in, what was refused, who may do what.
-- Its facts come from many hands that know no version, so the table gives it: a null version is the stream's next.

create or replace function event_log_seal() returns trigger
    language plpgsql
    set search_path from current
as $$
declare
    previous record;
    head bigint;
begin
    select position, at into previous from event_log order by position desc limit 1;
    new.position := coalesce(previous.position, 0) + 1;
    new.at := greatest(clock_timestamp(), previous.at + interval '1 microsecond');

    if new.version is null then
        select version into head from event_log where stream = new.stream order by version desc limit 1;
        new.version := coalesce(head, 0) + 1;
    elsif new.version > 1
        and not exists (select from event_log where stream = new.stream and version = new.version - 1) then
        raise exception 'version % of % does not follow its last one', new.version, new.stream
            using errcode = 'integrity_constraint_violation', constraint = 'event_log_version_follows';
    end if;

    new.line := convert_to(
        '{"position":' || new.position
        || ',"stream":' || to_json(new.stream)
        || ',"version":' || new.version
        || ',"at":"' || to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","type":' || to_json(new.type)
        || ',"revision":' || coalesce(to_json(new.revision)::text, 'null')
        || ',"metadata":' || new.metadata
        || ',"payload":' || new.payload
        || '}', 'UTF8');
    return new;
end
$$;

-- Those who read the plans' facts in order pass over the others without looking at them.
create index event_log_plans on event_log (position) where stream like 'plan/%';
