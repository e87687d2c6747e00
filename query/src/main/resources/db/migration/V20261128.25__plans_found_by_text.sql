-- What plans are found by, in letters that are alike however they are written: as Java folds them, not as the database's locale does.
alter table plan add column search text not null default '';

-- Old rows have none: they stay until the projection, which begins anew, has written each plan once.
update plan set version = 0;
delete from token_entry where processor_name = 'plans';
delete from dead_letter where processing_group = 'plans';
