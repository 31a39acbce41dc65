select series_id
from merge_series
where merge_id = $1
order by series_id
