-- Whoever worked at them is silent; nothing was changed.
update pack_backtest
set state = 'failed', held_until = 0, finished_at = $1, problem = $2
where state = 'running' and held_until < $1
