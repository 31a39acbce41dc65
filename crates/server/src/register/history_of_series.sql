select series_id, customer_id, since, until, reason
from membership
where series_id in (:keys)
