select id
from pack_backtest
where state = 'running'
