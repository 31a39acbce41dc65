select id, recorded_at, actor, survivor_id, absorbed_id, reason, undone_at, undone_by
from merge
where survivor_id = $1 or absorbed_id = $1
order by id desc
limit 500
