update review
set state = $1, decided_at = $2, decided_by = $3, decision_reason = $4
where id = $5
