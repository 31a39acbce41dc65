select id, position, recorded_at, actor, action, subject, detail
from audit_entry
where id < $1 and action = $3
order by id desc
limit $2
