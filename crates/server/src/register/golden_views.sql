select customer_id, kind, name, records, folded_at, general, sensitive
from golden_view
where customer_id in (:keys)
