select customer_id, kind, name, records, folded_at, general, sensitive
from golden_view
where customer_id > $1
order by customer_id
limit $2
