update batch
set format = $2, encoding = $3, sheet = $4, total_rows = $5, report = $6, state = 'running', problem = null
where id = $1 and state in ('running', 'interrupted')
