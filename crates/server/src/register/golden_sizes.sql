select customer_id, records
from golden_view
where customer_id in (:keys)
