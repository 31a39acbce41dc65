select series_id
from record
where retired_at is null and id in (:keys)
