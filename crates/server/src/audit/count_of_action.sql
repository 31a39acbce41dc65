select count(*)
from (select 1 from audit_entry where action = $1 limit 10001) as counted
