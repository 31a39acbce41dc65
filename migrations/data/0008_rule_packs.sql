-- Rule packs: every edition of a pack with its life, back-tests of drafts, and what rules decided of customers.

create table pack_edition (
    id bigint primary key,
    pack text not null,
    version text not null,
    layer text not null,
    branch text,
    -- draft, proposed, approved, discarded; of a shipped edition that nobody switched on: available.
    state text not null,
    -- Days since 1970, both included.
    effective_from bigint not null,
    effective_to bigint,
    files text not null,
    digest bytea not null,
    -- Rises with every change of a draft, so that nobody overwrites what they have not seen.
    revision bigint not null,
    base_id bigint,
    created_at bigint not null,
    created_by text not null,
    changed_at bigint not null,
    changed_by text not null,
    -- Everybody who changed the draft, as a JSON list of names: none of them can approve it.
    worked_by text not null,
    proposed_at bigint,
    proposed_by text,
    proposal text,
    decided_at bigint,
    decided_by text,
    decision text
);
create unique index pack_edition_version on pack_edition (pack, version) where state <> 'discarded';

create table pack_backtest (
    id bigint primary key,
    edition_id bigint not null,
    revision bigint not null,
    -- The day on whose rules customers are judged, in days since 1970.
    day bigint not null,
    state text not null,
    started_at bigint not null,
    started_by text not null,
    done bigint not null,
    total bigint not null,
    holder bigint not null,
    held_until bigint not null,
    finished_at bigint,
    problem text,
    result text
);
create index pack_backtest_edition on pack_backtest (edition_id, id);

create table rule_decision (
    id bigint primary key,
    customer_id bigint not null,
    day bigint not null,
    branch text,
    -- The editions that were in force, from the lowest, as a JSON list of ids.
    editions text not null,
    -- What was known, sealed with the customer's key.
    facts bytea not null,
    -- What the rules said, to the byte, sealed with the customer's key.
    result bytea not null,
    made_at bigint not null,
    made_by text not null
);
create index rule_decision_customer on rule_decision (customer_id, id);
