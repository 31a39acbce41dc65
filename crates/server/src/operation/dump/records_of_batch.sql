select id
from record
where id > $1 and id <= $2 and batch_id = $3
order by id
limit $4
