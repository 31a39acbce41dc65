select id, recorded_at, actor, survivor_id, absorbed_id, reason, undone_at, undone_by
from merge
where id = $1
