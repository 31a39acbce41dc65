-- Which records may be one customer: what of each series is compared, the models, and the keys
-- that too many records share.

-- The model in force for a family is the one with the highest id; none means the one shipped.
create table linkage_model (
    id bigint primary key,
    family bigint not null,
    recorded_at bigint not null,
    actor text not null,
    reason text not null,
    body text not null
);

-- Series of one component can matter to each other's customers. A component is called after its
-- first series, and holds together what hangs together, perhaps more.
create table linkage_feature (
    series_id bigint not null,
    family bigint not null,
    component_id bigint not null,
    cells bytea not null,
    primary key (series_id)
) /* without rowid */;
create index linkage_feature_component on linkage_feature (component_id) where component_id <> series_id;

create table closed_key (
    id bigint primary key,
    family bigint not null,
    model_id bigint not null,
    key bytea not null
);
