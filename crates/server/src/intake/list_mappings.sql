select name, body, updated_at
from mapping
where source_id = $1 and name > $2
order by name
limit $3
