select count(*)
from (
    select 1 from audit_entry
    where subject = $2 and ($1 is null or action = $1)
    limit 10001
) as counted
