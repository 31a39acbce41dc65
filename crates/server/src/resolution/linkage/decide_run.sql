update linkage_run
set state = $1, decided_at = $2, decided_by = $3, decision_reason = $4, holder = $5, held_until = $6, stage = 'waiting'
where id = $7 and state = $8
