select first_key, block
from index_block
where kind = $1 and run_id = $2 and first_key <= $3
order by first_key desc
limit 1
