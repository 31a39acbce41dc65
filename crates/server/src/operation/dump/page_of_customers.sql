select id, merged_into
from customer
where id > $1
order by id
limit $2
