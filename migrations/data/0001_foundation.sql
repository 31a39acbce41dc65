-- The foundation: sequences, access, audit, register, resolution, intake. One text for both
-- databases; `storage::migrate` says what little is rewritten for SQLite. Instants are
-- microseconds since 1970 in UTC, digests are binary, ids are given by the writer.

create table allocator (
    name text not null,
    next bigint not null,
    primary key (name)
) /* without rowid */;
insert into allocator (name, next) values ('clock', 0);

create table tally (
    name text not null,
    value bigint not null,
    primary key (name)
) /* without rowid */;

-- access

create table account (
    id bigint primary key,
    name text not null unique,
    display_name text not null,
    role text not null,
    password_hash text not null,
    created_at bigint not null,
    disabled_at bigint
);

create table session (
    token_digest bytea not null,
    account_id bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    ended_at bigint,
    primary key (token_digest)
) /* without rowid */;

create table idempotency (
    account_id bigint not null,
    key_digest bytea not null,
    request_digest bytea not null,
    status bigint not null,
    sealed_answer bytea not null,
    recorded_at bigint not null,
    primary key (account_id, key_digest)
) /* without rowid */;
create index idempotency_recorded_at on idempotency (recorded_at);

-- audit

create table audit_entry (
    id bigint primary key,
    position bigint,
    recorded_at bigint not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail text not null,
    root bytea
);
create unique index audit_entry_position on audit_entry (position);
create index audit_entry_unsequenced on audit_entry (id) where position is null;
create index audit_entry_subject on audit_entry (subject, id);

create table outbox (
    id bigint primary key,
    audit_entry_id bigint not null,
    topic text not null,
    detail text not null
);

-- register

create table source (
    id bigint primary key,
    code text not null unique,
    name text not null,
    channel text not null,
    owner text not null,
    trust bigint not null,
    purpose text not null,
    legal_basis text not null,
    created_at bigint not null,
    version bigint not null
);

create table source_column (
    id bigint primary key,
    source_id bigint not null,
    name text not null
);
create unique index source_column_name on source_column (source_id, name);

create table record (
    id bigint primary key,
    series_id bigint not null,
    version bigint not null,
    source_id bigint not null,
    batch_id bigint,
    row_number bigint,
    kind bigint not null,
    observed_at bigint not null,
    recorded_at bigint not null,
    retired_at bigint,
    entered_by text,
    general bytea not null,
    sensitive bytea not null,
    unknown bytea not null,
    commitment bytea not null
);
-- The first version of a series carries the series' own number, so only later ones need a way in.
create index record_later_version on record (series_id, id) where version > 1;

create table membership (
    series_id bigint not null,
    since bigint not null,
    until bigint,
    customer_id bigint not null,
    reason bigint not null,
    primary key (series_id, since)
) /* without rowid */;
create index membership_customer on membership (customer_id, series_id);

create table customer (
    id bigint primary key,
    created_at bigint not null,
    merged_into bigint
);
create index customer_merged_into on customer (merged_into) where merged_into is not null;

create table golden_view (
    customer_id bigint primary key,
    kind bigint not null,
    name text not null,
    records bigint not null,
    folded_at bigint not null,
    general bytea not null,
    sensitive bytea not null
);

create table index_run (
    id bigint primary key,
    level bigint not null,
    live boolean not null
);

create table index_block (
    kind bigint not null,
    run_id bigint not null,
    first_key bytea not null,
    block bytea not null,
    primary key (kind, run_id, first_key)
) /* without rowid */;

create table index_recent (
    kind bigint not null,
    key bytea not null,
    reference bigint not null,
    primary key (kind, key, reference)
) /* without rowid */;

-- resolution

create table merge (
    id bigint primary key,
    recorded_at bigint not null,
    actor text not null,
    survivor_id bigint not null,
    absorbed_id bigint not null,
    reason text not null,
    undone_at bigint,
    undone_by text,
    undone_reason text
);
create index merge_survivor on merge (survivor_id);
create index merge_absorbed on merge (absorbed_id);

create table merge_series (
    merge_id bigint not null,
    series_id bigint not null,
    primary key (merge_id, series_id)
) /* without rowid */;

create table judgement (
    left_series_id bigint not null,
    right_series_id bigint not null,
    recorded_at bigint not null,
    verdict text not null,
    actor text not null,
    reason text not null,
    primary key (left_series_id, right_series_id, recorded_at)
) /* without rowid */;
create index judgement_right on judgement (right_series_id);

create table review (
    id bigint primary key,
    opened_at bigint not null,
    left_series_id bigint not null,
    right_series_id bigint not null,
    reason bigint not null,
    state text not null,
    decided_at bigint,
    decided_by text,
    decision_reason text
);
create unique index review_pair on review (left_series_id, right_series_id);
create index review_right on review (right_series_id);
create index review_state on review (state, id);

-- intake

create table mapping (
    source_id bigint not null,
    name text not null,
    body text not null,
    updated_at bigint not null,
    primary key (source_id, name)
) /* without rowid */;

create table upload (
    id bigint primary key,
    name text not null,
    bytes bigint not null,
    digest bytea not null,
    created_at bigint not null,
    created_by text not null
);

create table batch (
    id bigint primary key,
    source_id bigint not null,
    upload_id bigint,
    file_name text not null,
    file_digest bytea not null,
    format text not null,
    encoding text,
    sheet text,
    mapping text not null,
    dry_run boolean not null,
    state text not null,
    total_rows bigint not null,
    rows_done bigint not null,
    accepted bigint not null,
    quarantined bigint not null,
    unchanged bigint not null,
    new_customers bigint not null,
    joined bigint not null,
    held_for_review bigint not null,
    first_record_id bigint,
    last_record_id bigint,
    started_at bigint not null,
    finished_at bigint,
    started_by text not null,
    withdrawn_at bigint,
    withdrawn_by text,
    withdrawn_reason text,
    problem text,
    report text
);
create index batch_file on batch (source_id, file_digest);

create table quarantine (
    id bigint primary key,
    batch_id bigint not null,
    row_number bigint not null,
    column_name text,
    code text not null,
    reason_zh text not null,
    reason_en text not null,
    cells bytea not null,
    state text not null,
    record_id bigint,
    decided_at bigint,
    decided_by text,
    decision_reason text
);
create unique index quarantine_row on quarantine (batch_id, row_number);
create index quarantine_state on quarantine (state, id);
