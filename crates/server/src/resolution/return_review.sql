update review
set state = 'open',
    returned_at = $1,
    returned_by = $2,
    return_reason = $3,
    claimed_by = null,
    claimed_until = null
where id = $4 and state = 'second_opinion'
