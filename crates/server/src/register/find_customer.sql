select created_at, merged_into
from customer
where id = $1
