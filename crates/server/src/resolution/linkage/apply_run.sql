update linkage_run
set state = 'applied', stage = 'done', done = 0, total = 0, held_until = 0, applied_at = $1, model_id = $2, summary = $3
where id = $4 and state = 'applying'
