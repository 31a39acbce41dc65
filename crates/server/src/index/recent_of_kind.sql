select key, reference
from index_recent
where kind = $1
order by key, reference
