select block
from index_block
where kind = $1 and run_id = $2 and first_key = $3
