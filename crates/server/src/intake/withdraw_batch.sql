update batch
set state = 'withdrawn', withdrawn_at = $2
where id = $1 and state = 'withdrawing'
