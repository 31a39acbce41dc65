select id, body
from linkage_model
where family = $1 and id > $2
order by id desc
limit 1
