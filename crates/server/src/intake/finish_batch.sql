update batch
set finished_at = $2, state = $3, problem = $4, report = $5
where id = $1
