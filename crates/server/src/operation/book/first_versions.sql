select id
from record
where id > $1 and source_id = $2 and version = 1
order by id
limit $3
