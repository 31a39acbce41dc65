update batch
set holder = $2, held_until = $3
where id = $1
