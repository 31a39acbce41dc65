select count(*)
from (select 1 from quarantine where state = $1 limit 10001) as counted
