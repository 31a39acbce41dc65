-- The key store: wrapped keys, apart from the data and never in a backup of the data.

create table data_key (
    scope bigint not null,
    id bigint not null,
    key_version bigint not null,
    wrapped bytea not null,
    primary key (scope, id)
) /* without rowid */;
