select left_series_id, right_series_id
from judgement
where recorded_at > $1
