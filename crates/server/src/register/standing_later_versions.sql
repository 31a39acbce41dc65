select series_id
from record
where retired_at is null and version > 1 and series_id in (:keys)
