select id
from customer
where id > $1 and merged_into is null
order by id
limit $2
