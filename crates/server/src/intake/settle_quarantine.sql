update quarantine
set state = $2, record_id = $3, decided_at = $4, decided_by = $5, decision_reason = $6
where id = $1 and state = 'open'
