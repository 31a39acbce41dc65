select customer.id
from customer
left join customer as survivor on survivor.id = customer.merged_into
where customer.merged_into is not null and (survivor.id is null or survivor.id >= customer.id)
order by customer.id
limit $1
