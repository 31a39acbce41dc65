update index_run
set live = true
where id = $1
