update pack_backtest
set done = $1, total = $2, held_until = $3
where id = $4 and holder = $5 and state = 'running'
