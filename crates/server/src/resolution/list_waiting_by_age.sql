-- Both sides must still stand: what was withdrawn needs no decision.
select
    id, opened_at, left_series_id, right_series_id, reason, state, decided_at, decided_by, decision_reason,
    millibits, claimed_by, claimed_until, proposed_at, proposed_by, proposal_reason, dangers,
    returned_at, returned_by, return_reason
from review
where state = $1
    and id > $2
    and (cast($3 as bigint) is null or reason = $3)
    and (cast($4 as bigint) is null or claimed_until is null or claimed_until <= $4)
    and exists (select 1 from membership where series_id = review.left_series_id and until is null)
    and exists (select 1 from membership where series_id = review.right_series_id and until is null)
order by id
limit $5
