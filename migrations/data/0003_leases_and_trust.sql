-- Who works at a batch, until when he is believed to; how far a withdrawal is; how far a source was
-- trusted at any instant.

alter table batch add column holder bigint;
alter table batch add column held_until bigint;
alter table batch add column withdrawn_records bigint not null default 0;
alter table batch add column withdrawn_through bigint;

create table source_trust (
    source_id bigint not null,
    since bigint not null,
    trust bigint not null,
    primary key (source_id, since)
) /* without rowid */;
insert into source_trust (source_id, since, trust)
select id, created_at, trust from source;

-- A filter that few customers pass must not look at all of them.
create index golden_view_kind on golden_view (kind, customer_id);
create index record_source on record (source_id, series_id);
