select membership.series_id, membership.customer_id
from membership
left join customer on customer.id = membership.customer_id
where membership.until is null and (customer.id is null or customer.merged_into is not null)
order by membership.series_id
limit $1
