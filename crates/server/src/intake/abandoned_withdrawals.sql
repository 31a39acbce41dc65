select id
from batch
where state = 'withdrawing' and coalesce(held_until, 0) < $1
order by id
