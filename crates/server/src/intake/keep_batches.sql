update batch
set held_until = $2
where holder = $1 and held_until > 0 and state in ('running', 'withdrawing')
