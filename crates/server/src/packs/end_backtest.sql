-- Whoever worked at it has what it found, also where it was silent for so long that it was given up.
update pack_backtest
set state = $2, finished_at = $3, problem = $4, result = $5, held_until = 0
where id = $1 and holder = $6 and state in ('running', 'failed')
