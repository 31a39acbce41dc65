-- Review decisions: how strong the evidence of a pair is, who holds a review and until when, who
-- proposed a dangerous merge and why a second person sent it back; customers that were split.

-- Thousandths of a bit, so that a place in the order is exact in both databases and in a cursor.
alter table review add column millibits bigint;
alter table review add column claimed_by text;
alter table review add column claimed_until bigint;
alter table review add column proposed_at bigint;
alter table review add column proposed_by text;
alter table review add column proposal_reason text;
alter table review add column dangers text;
alter table review add column returned_at bigint;
alter table review add column returned_by text;
alter table review add column return_reason text;
create index review_claimed_by on review (claimed_by) where claimed_by is not null;
-- The strongest evidence first, pairs without any last.
create index review_evidence on review (state, coalesce(-millibits, 9007199254740991), id);

create table split (
    id bigint primary key,
    recorded_at bigint not null,
    actor text not null,
    customer_id bigint not null,
    new_customer_id bigint not null,
    series bigint not null,
    reason text not null
);
create index split_customer on split (customer_id);
create index split_new_customer on split (new_customer_id);
