-- The strongest evidence first; the index has the same expression.
select
    id, opened_at, left_series_id, right_series_id, reason, state, decided_at, decided_by, decision_reason,
    millibits, claimed_by, claimed_until, proposed_at, proposed_by, proposal_reason, dangers,
    returned_at, returned_by, return_reason
from review
where state = $1
    and (coalesce(-millibits, 9007199254740991), id) > ($2, $3)
    and (cast($4 as bigint) is null or reason = $4)
    and (cast($5 as bigint) is null or claimed_until is null or claimed_until <= $5)
    and exists (select 1 from membership where series_id = review.left_series_id and until is null)
    and exists (select 1 from membership where series_id = review.right_series_id and until is null)
order by coalesce(-millibits, 9007199254740991), id
limit $6
