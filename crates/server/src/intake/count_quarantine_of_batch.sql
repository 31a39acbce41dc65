select count(*)
from (
    select 1 from quarantine
    where batch_id = $1 and (cast($2 as text) is null or state = $2)
    limit 10001
) as counted
