-- How far each projection has read, and what it could not handle. Axon writes both; the names are ours.

create table token_entry (
    processor_name text    not null,
    segment        integer not null,
    token          bytea,
    token_type     text,
    timestamp      text,
    owner          text,
    primary key (processor_name, segment)
) with (fillfactor = 50);

-- Axon inserts this row if it is missing, but of several nodes on an empty table all but one would fail.
insert into token_entry (processor_name, segment, token, token_type, timestamp)
values ('__config', 0,
        convert_to(json_build_object('config', json_build_object('id', gen_random_uuid()))::text, 'UTF8'),
        'org.axonframework.eventhandling.tokenstore.ConfigToken',
        to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));

create table dead_letter (
    dead_letter_id       text   not null primary key,
    processing_group     text   not null,
    sequence_identifier  text   not null,
    sequence_index       bigint not null,
    message_type         text   not null,
    event_identifier     text   not null,
    timestamp            text   not null,
    payload_type         text   not null,
    payload_revision     text,
    payload              bytea  not null,
    metadata             bytea,
    aggregate_type       text,
    aggregate_identifier text,
    sequence_number      bigint,
    token_type           text,
    token                bytea,
    enqueued_at          text   not null,
    last_touched         text,
    processing_started   text,
    cause_type           text,
    cause_message        text,
    diagnostics          bytea,
    unique (processing_group, sequence_identifier, sequence_index)
);
