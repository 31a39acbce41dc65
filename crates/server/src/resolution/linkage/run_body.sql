select body
from linkage_run
where id = $1
