select id, opened_at, left_series_id, right_series_id, reason, state
from review
where state = 'open' and right_series_id in (:keys)
