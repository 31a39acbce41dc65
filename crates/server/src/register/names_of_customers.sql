select customer_id, kind, name
from golden_view
where customer_id in (:keys)
