select name, body, updated_at from mapping where source_id = $1 and name = $2
