update linkage_feature
set component_id = $1
where component_id = $2 and component_id <> series_id
