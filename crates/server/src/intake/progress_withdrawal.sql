update batch
set withdrawn_records = withdrawn_records + $2, withdrawn_through = $3
where id = $1 and state = 'withdrawing'
