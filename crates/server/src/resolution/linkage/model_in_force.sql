select recorded_at, actor, reason
from linkage_model
where id = $1
