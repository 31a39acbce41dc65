select id, absorbed_id, survivor_id, reason, undone_at
from merge
where id > $1
order by id
limit $2
