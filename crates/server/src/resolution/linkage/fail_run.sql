update linkage_run
set state = 'failed', stage = 'done', held_until = 0, finished_at = $1, problem = $2
where id = $3 and state in ('running', 'applying')
