insert into source_column (id, source_id, name) values ($1, $2, $3)
