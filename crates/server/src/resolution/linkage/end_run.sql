-- What the run found is there for a second person.
update linkage_run
set state = 'ready', stage = 'done', done = 0, total = 0, held_until = 0, finished_at = $1, summary = $2, body = $3
where id = $4 and state = 'running'
