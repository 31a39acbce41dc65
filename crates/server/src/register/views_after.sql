select customer_id
from golden_view
where customer_id > $1
order by customer_id
limit $2
