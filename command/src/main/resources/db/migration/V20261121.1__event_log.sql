-- The log: what happened, in one order, for ever.
--
-- Its promises are kept by the table itself, so that they bind every writer: the application, psql, an import.
--   * Positions are 1, 2, 3 … without holes, and they become visible in that order: whoever has seen n never meets a
--     smaller one later. Writers therefore take turns; one holds the log from its first row to the end of its transaction.
--   * `at` rises with the position, strictly, whatever the clock does. Both are given by the table, never by the writer.
--   * A stream's versions are 1, 2, 3 … without holes.
--   * `line` is the fact as the history shows it: composed once, kept as bytes, one JSON object without a line break.
--   * Nothing is ever changed or removed.

create table event_log (
    position        bigint      not null,
    event_id        text        not null,
    stream          text        not null,
    version         bigint      not null,
    at              timestamptz not null,
    type            text        not null,
    revision        text,
    payload         text        not null,
    metadata        text        not null,
    idempotency_key text,
    request_hash    text,
    line            bytea       not null,

    constraint event_log_position primary key (position),
    constraint event_log_event_id unique (event_id),
    constraint event_log_stream_version unique (stream, version),
    constraint event_log_at unique (at),
    constraint event_log_version_positive check (version > 0),
    constraint event_log_payload_object check (json_typeof(payload::json) = 'object'),
    constraint event_log_metadata_object check (json_typeof(metadata::json) = 'object'),
    constraint event_log_line_single check (position('\x0a'::bytea in line) = 0),
    constraint event_log_line_fits check (octet_length(line) <= 65535)
);

create unique index event_log_idempotency_key on event_log (stream, idempotency_key)
    where idempotency_key is not null;

-- A writer with an older snapshot would not see the last row of the writer before it.
create function event_log_take_turn() returns trigger
    language plpgsql
as $$
begin
    if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
        raise exception 'event_log is written under READ COMMITTED only, not %',
            upper(current_setting('transaction_isolation'))
            using errcode = 'feature_not_supported';
    end if;
    perform pg_advisory_xact_lock(tg_relid::bigint);
    return null;
end
$$;

create function event_log_seal() returns trigger
    language plpgsql
    set search_path from current
as $$
declare
    previous record;
begin
    select position, at into previous from event_log order by position desc limit 1;
    new.position := coalesce(previous.position, 0) + 1;
    new.at := greatest(clock_timestamp(), previous.at + interval '1 microsecond');

    if new.version > 1
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

create function event_log_tell() returns trigger
    language plpgsql
as $$
begin
    perform pg_notify('event_log', '');
    return null;
end
$$;

create function event_log_refuse() returns trigger
    language plpgsql
as $$
begin
    raise exception 'event_log is append-only: % is refused', tg_op
        using errcode = 'insufficient_privilege',
              hint = 'What turned out wrong is retracted by a new fact.';
end
$$;

create trigger event_log_take_turn before insert on event_log
    for each statement execute function event_log_take_turn();
create trigger event_log_seal before insert on event_log
    for each row execute function event_log_seal();
create trigger event_log_tell after insert on event_log
    for each statement execute function event_log_tell();
create trigger event_log_append_only before update or delete or truncate on event_log
    for each statement execute function event_log_refuse();
