select id, detail, root
from audit_entry
where action = 'records.written' and id > $1
order by id
limit $2
