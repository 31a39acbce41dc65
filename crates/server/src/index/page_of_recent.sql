select key, reference
from index_recent
where kind = $1 and (key, reference) > ($2, $3)
order by key, reference
limit $4
