select count(*) from mapping where source_id = $1
