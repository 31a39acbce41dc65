update linkage_feature
set component_id = $1
where series_id = $2
