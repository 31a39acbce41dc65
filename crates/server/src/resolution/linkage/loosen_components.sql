update linkage_feature
set component_id = series_id
where family = $1 and component_id <> series_id
