select id
from record
where id > $1 and source_id = $2 and batch_id is null
order by id
limit $3
