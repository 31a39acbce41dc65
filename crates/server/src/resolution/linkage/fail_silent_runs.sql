-- Whoever worked at them is silent; nothing was changed yet.
update linkage_run
set state = 'failed', stage = 'done', held_until = 0, finished_at = $1, problem = $2
where state in ('running', 'applying') and held_until < $1
