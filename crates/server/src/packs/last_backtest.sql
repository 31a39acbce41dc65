select id
from pack_backtest
where edition_id = $1
order by id desc
limit 1
