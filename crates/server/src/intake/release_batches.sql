update batch
set held_until = null
where state in ('running', 'withdrawing')
