insert into linkage_feature (series_id, family, component_id, cells, kept_at) values
