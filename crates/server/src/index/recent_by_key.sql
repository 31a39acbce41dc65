select reference
from index_recent
where kind = $1 and key = $2
order by reference
