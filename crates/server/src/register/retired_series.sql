select series_id, source_id, count(*)
from record
where id >= $1 and id <= $2 and batch_id = $3 and retired_at = $4
group by series_id, source_id
