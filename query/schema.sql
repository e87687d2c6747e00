-- What the migrations of this module have come to: read here, changed there. SchemaIT writes it.

CREATE FUNCTION audit_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception '% only grows: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end
$$;

CREATE FUNCTION audit_tile_grow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if (new.level, new.tile) is distinct from (old.level, old.tile)
        or substring(new.hashes from 1 for octet_length(old.hashes)) <> old.hashes then
        raise exception 'audit_tile only grows: its hashes stay' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;

CREATE TABLE audit_checkpoint (
    size bigint NOT NULL,
    note text NOT NULL,
    signed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE audit_tile (
    level integer NOT NULL,
    tile bigint NOT NULL,
    hashes bytea NOT NULL,
    CONSTRAINT audit_tile_whole_hashes CHECK ((((octet_length(hashes) % 32) = 0) AND ((octet_length(hashes) >= 32) AND (octet_length(hashes) <= 8192))))
);

CREATE TABLE backup (
    at timestamp with time zone NOT NULL
);

CREATE TABLE dead_letter (
    dead_letter_id text NOT NULL,
    processing_group text NOT NULL,
    sequence_identifier text NOT NULL,
    sequence_index bigint NOT NULL,
    message_type text NOT NULL,
    event_identifier text NOT NULL,
    "timestamp" text NOT NULL,
    payload_type text NOT NULL,
    payload_revision text,
    payload bytea NOT NULL,
    metadata bytea,
    aggregate_type text,
    aggregate_identifier text,
    sequence_number bigint,
    token_type text,
    token bytea,
    enqueued_at text NOT NULL,
    last_touched text,
    processing_started text,
    cause_type text,
    cause_message text,
    diagnostics bytea
);

CREATE TABLE milestone (
    plan text NOT NULL,
    id text NOT NULL,
    ordinal bigint NOT NULL,
    body text NOT NULL,
    open_until date
);

CREATE TABLE partnership (
    plan text NOT NULL,
    id text NOT NULL,
    ordinal bigint NOT NULL,
    body text NOT NULL
);

CREATE TABLE plan (
    plan text NOT NULL,
    version bigint NOT NULL,
    city text NOT NULL,
    country text NOT NULL,
    country_code text NOT NULL,
    status text NOT NULL,
    focus_areas text[] NOT NULL,
    progress numeric,
    body text NOT NULL,
    search text DEFAULT ''::text NOT NULL
);

CREATE TABLE project (
    plan text NOT NULL,
    id text NOT NULL,
    ordinal bigint NOT NULL,
    body text NOT NULL
);

CREATE TABLE timeline (
    plan text NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE timeline_entry (
    plan text NOT NULL,
    version bigint NOT NULL,
    first_day date NOT NULL,
    body text NOT NULL
);

CREATE TABLE token_entry (
    processor_name text NOT NULL,
    segment integer NOT NULL,
    token bytea,
    token_type text,
    "timestamp" text,
    owner text
)
WITH (fillfactor='50');

ALTER TABLE ONLY audit_checkpoint
    ADD CONSTRAINT audit_checkpoint_pkey PRIMARY KEY (size);

ALTER TABLE ONLY audit_tile
    ADD CONSTRAINT audit_tile_pkey PRIMARY KEY (level, tile);

ALTER TABLE ONLY dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (dead_letter_id);

ALTER TABLE ONLY dead_letter
    ADD CONSTRAINT dead_letter_processing_group_sequence_identifier_sequence_i_key UNIQUE (processing_group, sequence_identifier, sequence_index);

ALTER TABLE ONLY milestone
    ADD CONSTRAINT milestone_pkey PRIMARY KEY (plan, id);

ALTER TABLE ONLY partnership
    ADD CONSTRAINT partnership_pkey PRIMARY KEY (plan, id);

ALTER TABLE ONLY plan
    ADD CONSTRAINT plan_pkey PRIMARY KEY (plan);

ALTER TABLE ONLY project
    ADD CONSTRAINT project_pkey PRIMARY KEY (plan, id);

ALTER TABLE ONLY timeline_entry
    ADD CONSTRAINT timeline_entry_pkey PRIMARY KEY (plan, version);

ALTER TABLE ONLY timeline
    ADD CONSTRAINT timeline_pkey PRIMARY KEY (plan);

ALTER TABLE ONLY token_entry
    ADD CONSTRAINT token_entry_pkey PRIMARY KEY (processor_name, segment);

CREATE INDEX milestone_open_until ON milestone USING btree (plan, open_until) WHERE (open_until IS NOT NULL);

CREATE INDEX timeline_entry_by_day ON timeline_entry USING btree (plan, first_day, version);

CREATE TRIGGER audit_checkpoint_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_tile_append_only BEFORE DELETE OR TRUNCATE ON audit_tile FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_tile_grow BEFORE UPDATE ON audit_tile FOR EACH ROW EXECUTE FUNCTION audit_tile_grow();
