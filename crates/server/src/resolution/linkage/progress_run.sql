update linkage_run
set stage = $1, done = $2, total = $3, held_until = $4
where id = $5 and holder = $6 and state in ('running', 'applying')
