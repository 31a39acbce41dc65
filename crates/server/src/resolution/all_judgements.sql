select left_series_id, right_series_id, recorded_at, verdict
from judgement
