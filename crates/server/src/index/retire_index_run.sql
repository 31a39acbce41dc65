update index_run
set live = false
where id = $1
