-- A fact changes the rows of what it is about, and no others: so parts stand in the order of the versions at which they began,
-- and the last day that a milestone is due, while it is open, stands with the milestone.

alter table plan drop column open_until;
alter table milestone add column open_until date;
create index milestone_open_until on milestone (plan, open_until) where open_until is not null;

-- Old rows have neither: they stay until the projection, which begins anew, has written each plan once.
update plan set version = 0;
delete from token_entry where processor_name = 'plans';
delete from dead_letter where processing_group = 'plans';
