select golden_view.customer_id
from golden_view
left join customer on customer.id = golden_view.customer_id
where customer.id is null or customer.merged_into is not null
order by golden_view.customer_id
limit $1
