-- With whoever began them, and until when they are believed.
select id, started_by, held_until
from pack_backtest
where state = 'running'
