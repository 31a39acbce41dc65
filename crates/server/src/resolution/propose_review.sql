update review
set state = 'second_opinion',
    proposed_at = $1,
    proposed_by = $2,
    proposal_reason = $3,
    dangers = $4,
    claimed_by = null,
    claimed_until = null,
    decided_at = null,
    decided_by = null,
    decision_reason = null,
    returned_at = null,
    returned_by = null,
    return_reason = null
where id = $5 and state <> 'second_opinion'
