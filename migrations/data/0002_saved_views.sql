-- Saved views: what somebody wants to see of a list, under a name. No search text stands here: a
-- name or a number that was searched for is personal data.

create table saved_view (
    id bigint primary key,
    account_id bigint not null,
    list text not null,
    name text not null,
    shared boolean not null,
    body text not null,
    updated_at bigint not null,
    unique (account_id, list, name)
);
create index saved_view_shared on saved_view (list, shared);
