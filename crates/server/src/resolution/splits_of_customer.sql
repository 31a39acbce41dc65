select id, recorded_at, actor, customer_id, new_customer_id, series, reason
from split
where customer_id = $1 or new_customer_id = $1
order by id desc
limit 500
