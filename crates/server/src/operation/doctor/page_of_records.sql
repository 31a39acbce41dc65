select id
from record
where id > $1
order by id
limit $2
