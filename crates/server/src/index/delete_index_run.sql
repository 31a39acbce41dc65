delete from index_run
where id = $1
