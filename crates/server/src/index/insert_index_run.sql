insert into index_run (id, level, live) values ($1, $2, $3)
