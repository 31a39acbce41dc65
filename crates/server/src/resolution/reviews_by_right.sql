select
    id, opened_at, left_series_id, right_series_id, reason, state, decided_at, decided_by, decision_reason,
    millibits, claimed_by, claimed_until, proposed_at, proposed_by, proposal_reason, dangers,
    returned_at, returned_by, return_reason
from review
where right_series_id in (:keys)
