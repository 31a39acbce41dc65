select count(*)
from (select id from linkage_run where cast($1 as bigint) is null or family = $1 limit 10001) as runs
