delete from mapping where source_id = $1 and name = $2
