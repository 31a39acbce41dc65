select series_id, customer_id, since, until, reason
from membership
where until is null and series_id in (:keys)
