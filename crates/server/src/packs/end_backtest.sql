update pack_backtest
set state = $2, finished_at = $3, problem = $4, result = $5, held_until = 0
where id = $1 and state = 'running'
