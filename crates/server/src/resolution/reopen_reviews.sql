update review
set state = 'open', decided_at = null, decided_by = null, decision_reason = null
where state = 'same' and decided_at = $1
