-- Evidence is that of all facts about a part, each with its version, and what is shown beside it is one fact's: a row says which.
-- Old rows say 0 until the projection, which begins anew, has written each plan once.
do $$
declare part text;
begin
    foreach part in array array['project', 'milestone', 'partnership'] loop
        execute format($sql$
            update %I set body = (cast(body as jsonb) || jsonb_build_object(
                'statement', 0, 'claimedWithoutEvidence', false, 'evidence', (
                    select coalesce(jsonb_agg(one || '{"version": 0}' order by place), '[]')
                    from jsonb_array_elements(cast(body as jsonb) -> 'evidence') with ordinality as each (one, place))))::text
            $sql$, part);
    end loop;
end $$;

update plan set version = 0;
delete from token_entry where processor_name = 'plans';
delete from dead_letter where processing_group = 'plans';
