select id, key
from closed_key
where family = $1 and model_id = $2 and id > $3
order by id
