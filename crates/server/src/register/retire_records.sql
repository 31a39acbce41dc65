update record
set retired_at = $1
where id >= $2 and id <= $3 and batch_id = $4 and retired_at is null
