update batch
set state = 'withdrawing', withdrawn_by = $2, withdrawn_reason = $3
where id = $1
