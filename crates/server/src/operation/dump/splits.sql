select id, customer_id, new_customer_id, series, reason
from split
where id > $1
order by id
limit $2
