select id, batch_id, row_number, column_name, code, reason_zh, reason_en, cells, state, record_id
from quarantine
where id = $1
