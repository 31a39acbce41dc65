update batch
set state = 'interrupted'
where state = 'running' and coalesce(held_until, 0) < $1
