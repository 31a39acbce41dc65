select id, batch_id, row_number, column_name, code, reason_zh, reason_en, cells, state, record_id
from quarantine
where batch_id = $1 and row_number > $2 and (cast($3 as text) is null or state = $3)
order by row_number
limit $4
