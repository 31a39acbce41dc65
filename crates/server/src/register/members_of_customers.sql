select series_id, customer_id, since, until, reason
from membership
where customer_id in (:keys)
