select id, edition_id, revision, day, state, started_at, started_by, done, total, finished_at, problem, result
from pack_backtest
where edition_id = $1
order by id desc
limit 1
