-- Runs over a whole book: what the division of all records with one model would change, and what it did.

create table linkage_run (
    id bigint primary key,
    family bigint not null,
    state text not null,
    learn boolean not null,
    started_at bigint not null,
    started_by text not null,
    reason text not null,
    -- The model in force when it began, and the one that its figures are about: none until a model that was
    -- learnt is in force.
    base_model_id bigint not null,
    model_id bigint,
    stage text not null,
    done bigint not null,
    total bigint not null,
    holder bigint not null,
    held_until bigint not null,
    finished_at bigint,
    decided_at bigint,
    decided_by text,
    decision_reason text,
    applied_at bigint,
    problem text,
    summary text,
    body text
);
-- One at a time for each family.
create unique index linkage_run_open on linkage_run (family) where state in ('running', 'ready', 'applying');
create index linkage_run_family on linkage_run (family, id);

-- When what is compared of a series was last kept, so that whoever divides the whole book learns what came since.
alter table linkage_feature add column kept_at bigint not null default 0;
create index linkage_feature_kept on linkage_feature (kept_at);
