-- Plans' rows name a country by its code and have a city's slug: old rows stay as they are until the projection, which
-- begins anew, has written each plan once.

update plan set version = 0;
delete from token_entry where processor_name = 'plans';
delete from dead_letter where processing_group = 'plans';
