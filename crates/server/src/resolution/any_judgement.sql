select left_series_id
from judgement
limit 1
