-- The log as a Merkle tree (RFC 6962): what each fact was when it came into the tree, and what was signed.
-- None of this has to be believed: whoever kept a checkpoint finds out what was changed, also here.

-- Hashes of a level, 256 to a tile, 32 bytes each, as C2SP tlog-tiles has them. A tile only grows, at its end.
create table audit_tile (
    level  integer not null,
    tile   bigint  not null,
    hashes bytea   not null,
    primary key (level, tile),
    constraint audit_tile_whole_hashes check (octet_length(hashes) % 32 = 0 and octet_length(hashes) between 32 and 8192)
);

-- Signed notes, as C2SP tlog-checkpoint has them, by how many facts they cover.
create table audit_checkpoint (
    size      bigint      not null primary key,
    note      text        not null,
    signed_at timestamptz not null default clock_timestamp()
);

create function audit_refuse() returns trigger
    language plpgsql
as $$
begin
    raise exception '% only grows: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end
$$;

create function audit_tile_grow() returns trigger
    language plpgsql
as $$
begin
    if (new.level, new.tile) is distinct from (old.level, old.tile)
        or substring(new.hashes from 1 for octet_length(old.hashes)) <> old.hashes then
        raise exception 'audit_tile only grows: its hashes stay' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;

create trigger audit_tile_grow before update on audit_tile
    for each row execute function audit_tile_grow();
create trigger audit_tile_append_only before delete or truncate on audit_tile
    for each statement execute function audit_refuse();
create trigger audit_checkpoint_append_only before update or delete or truncate on audit_checkpoint
    for each statement execute function audit_refuse();

-- The keys that signed are facts of the access log.
create index event_log_audit_keys on event_log (position) where type = 'AuditKeyIntroduced';
