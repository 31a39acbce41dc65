update quarantine
set column_name = $2, code = $3, reason_zh = $4, reason_en = $5, cells = $6
where id = $1 and state = 'open'
