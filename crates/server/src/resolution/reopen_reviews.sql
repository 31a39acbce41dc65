-- A case that only a person brought was no doubt of the machine: that is settled, not open again.
update review
set state = 'open',
    decided_at = null,
    decided_by = null,
    decision_reason = null,
    proposed_at = null,
    proposed_by = null,
    proposal_reason = null,
    dangers = null,
    returned_at = null,
    returned_by = null,
    return_reason = null
where state = 'same' and decided_at = $1 and reason <> $2
