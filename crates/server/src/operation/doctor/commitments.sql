select id, commitment
from record
where id > $1 and id <= $2
order by id
limit $3
