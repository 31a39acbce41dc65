-- Who proposed stays beside who agreed; an older proposal that was sent back does not.
update review
set state = $1,
    decided_at = $2,
    decided_by = $3,
    decision_reason = $4,
    claimed_by = null,
    claimed_until = null,
    proposed_at = case when state = 'second_opinion' then proposed_at end,
    proposed_by = case when state = 'second_opinion' then proposed_by end,
    proposal_reason = case when state = 'second_opinion' then proposal_reason end
where id = $5 and state in ('open', 'second_opinion')
