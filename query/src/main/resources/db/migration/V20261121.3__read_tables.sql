-- What the read side keeps of the log: may be dropped and rebuilt from it at any time.
-- `body` is the answer's JSON; the columns beside it are what lists are filtered and sorted by.

create table plan (
    plan         text   primary key,
    version      bigint not null,
    city         text   not null,
    country      text   not null,
    country_code text   not null,
    status       text   not null,
    focus_areas  text[] not null,
    progress     numeric,
    -- The last days its open milestones are due: how many are overdue depends on the day.
    open_until   date[] not null,
    body         text   not null
);

create table project (
    plan    text   not null,
    id      text   not null,
    ordinal bigint not null,
    body    text   not null,
    primary key (plan, id)
);

create table milestone (
    plan    text   not null,
    id      text   not null,
    ordinal bigint not null,
    body    text   not null,
    primary key (plan, id)
);

create table partnership (
    plan    text   not null,
    id      text   not null,
    ordinal bigint not null,
    body    text   not null,
    primary key (plan, id)
);

create table timeline (
    plan    text   primary key,
    version bigint not null
);

create table timeline_entry (
    plan      text   not null,
    version   bigint not null,
    first_day date   not null,
    body      text   not null,
    primary key (plan, version)
);

create index timeline_entry_by_day on timeline_entry (plan, first_day, version);
