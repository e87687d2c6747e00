-- What the migrations of this module have come to: read here, changed there. SchemaIT writes it.

CREATE FUNCTION event_log_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'event_log is append-only: % is refused', tg_op
        using errcode = 'insufficient_privilege',
              hint = 'What turned out wrong is retracted by a new fact.';
end
$$;

CREATE FUNCTION event_log_seal() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', '$user', 'public'
    AS $$
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

CREATE FUNCTION event_log_take_turn() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION event_log_tell() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform pg_notify('event_log', '');
    return null;
end
$$;

CREATE TABLE event_log (
    "position" bigint NOT NULL,
    event_id text NOT NULL,
    stream text NOT NULL,
    version bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    type text NOT NULL,
    revision text,
    payload text NOT NULL,
    metadata text NOT NULL,
    idempotency_key text,
    request_hash text,
    line bytea NOT NULL,
    traceparent text,
    CONSTRAINT event_log_line_fits CHECK ((octet_length(line) <= 65535)),
    CONSTRAINT event_log_line_single CHECK ((POSITION(('\x0a'::bytea) IN (line)) = 0)),
    CONSTRAINT event_log_metadata_object CHECK ((json_typeof((metadata)::json) = 'object'::text)),
    CONSTRAINT event_log_payload_object CHECK ((json_typeof((payload)::json) = 'object'::text)),
    CONSTRAINT event_log_version_positive CHECK ((version > 0))
);

ALTER TABLE ONLY event_log
    ADD CONSTRAINT event_log_at UNIQUE (at);

ALTER TABLE ONLY event_log
    ADD CONSTRAINT event_log_event_id UNIQUE (event_id);

ALTER TABLE ONLY event_log
    ADD CONSTRAINT event_log_position PRIMARY KEY ("position");

ALTER TABLE ONLY event_log
    ADD CONSTRAINT event_log_stream_version UNIQUE (stream, version);

CREATE INDEX event_log_access_by ON event_log USING btree ("substring"(metadata, '"subject":"([^"]*)"'::text), version) WHERE (stream = 'access'::text);

CREATE INDEX event_log_access_type ON event_log USING btree (type, version) WHERE (stream = 'access'::text);

CREATE INDEX event_log_audit_keys ON event_log USING btree ("position") WHERE (type = 'AuditKeyIntroduced'::text);

CREATE UNIQUE INDEX event_log_idempotency_key ON event_log USING btree (stream, idempotency_key) WHERE (idempotency_key IS NOT NULL);

CREATE INDEX event_log_plans ON event_log USING btree ("position") WHERE (stream ~~ 'plan/%'::text);

CREATE TRIGGER event_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON event_log FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse();

CREATE TRIGGER event_log_seal BEFORE INSERT ON event_log FOR EACH ROW EXECUTE FUNCTION event_log_seal();

CREATE TRIGGER event_log_take_turn BEFORE INSERT ON event_log FOR EACH STATEMENT EXECUTE FUNCTION event_log_take_turn();

CREATE TRIGGER event_log_tell AFTER INSERT ON event_log FOR EACH STATEMENT EXECUTE FUNCTION event_log_tell();
