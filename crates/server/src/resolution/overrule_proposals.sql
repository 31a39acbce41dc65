update review
set state = 'different', decided_at = $1, decided_by = $2, decision_reason = $3
where state = 'same' and decided_at = $4 and reason = $5
