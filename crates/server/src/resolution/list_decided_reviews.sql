select
    id, opened_at, left_series_id, right_series_id, reason, state, decided_at, decided_by, decision_reason,
    millibits, claimed_by, claimed_until, proposed_at, proposed_by, proposal_reason, dangers,
    returned_at, returned_by, return_reason
from review
where state in ('same', 'different')
    and id < $1
    and (cast($2 as bigint) is null or reason = $2)
    and exists (select 1 from membership where series_id = review.left_series_id and until is null)
    and exists (select 1 from membership where series_id = review.right_series_id and until is null)
order by id desc
limit $3
