-- Survivorship of the packs in force: each change, and how far views were folded by the last.

create table view_rules (
    -- The last one counts.
    number bigint primary key,
    -- The criteria of attributes where they differ from the declarations, as JSON.
    survivorship text not null,
    since bigint not null,
    -- Customers up to this one have views that were folded by it; none once all have.
    folded_through bigint,
    -- How many were folded, of how many there were when it began to count.
    folded bigint not null,
    customers bigint not null
);
