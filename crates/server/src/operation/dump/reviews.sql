select left_series_id, right_series_id, reason, state
from review
where (left_series_id, right_series_id) > ($1, $2)
order by left_series_id, right_series_id
limit $3
