update batch
set state = 'withdrawn', withdrawn_at = $2, withdrawn_by = $3, withdrawn_reason = $4
where id = $1
