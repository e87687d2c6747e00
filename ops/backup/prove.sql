-- After a restore: projections begin anew, and the root of all signed lines (RFC 6962) is the newest checkpoint's.

-- As the first migration of the processors did: of several nodes that find no such row, all but one would fail.
insert into token_entry (processor_name, segment, token, token_type, timestamp)
values ('__config', 0,
        convert_to(json_build_object('config', json_build_object('id', gen_random_uuid()))::text, 'UTF8'),
        'org.axonframework.eventhandling.tokenstore.ConfigToken',
        to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
analyze event_log;

create temporary table node (height integer, nth bigint, hash bytea);

create function pg_temp.root(size bigint) returns text
    language plpgsql
as $$
declare
    top integer := 0;
    nodes bigint := size;
begin
    insert into node select 0, position - 1, sha256('\x00'::bytea || line) from event_log where position <= size;
    while nodes > 1 loop
        insert into node
        select top + 1, nth / 2, case count(*)
            when 1 then string_agg(hash, '') -- has no other beside it, and moves up as it is
            else sha256('\x01'::bytea || string_agg(hash, '' order by nth)) end
        from node where height = top
        group by nth / 2;
        top := top + 1;
        nodes := (nodes + 1) / 2;
    end loop;
    return (select encode(hash, 'base64') from node where height = top);
end
$$;

select case
    when last <> facts then 'WRONG: ' || facts || ' facts, and the last has position ' || last
    when size is null then 'restored: ' || facts || ' facts, of which none was signed'
    when size > facts then 'WRONG: ' || size || ' facts were signed, and there are ' || facts
    when pg_temp.root(size) is distinct from root then 'WRONG: the root of ' || size || ' facts is not the one that was signed'
    else 'restored: ' || facts || ' facts, of which ' || size || ' are those that were signed, root ' || root
end
from (select count(*) as facts, coalesce(max(position), 0) as last from event_log) log
left join (
    select size, split_part(note, chr(10), 3) as root from audit_checkpoint order by size desc limit 1) signed on true;
