select id
from record
where id > $1 and ($2 is null or source_id = $2) and ($3 is null or batch_id = $3)
order by id
limit $4
