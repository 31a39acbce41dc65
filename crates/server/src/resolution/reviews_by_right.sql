select id, opened_at, left_series_id, right_series_id, reason, state, decided_at, decided_by
from review
where right_series_id in (:keys)
