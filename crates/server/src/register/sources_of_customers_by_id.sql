select distinct membership.customer_id, record.source_id
from membership
join record on record.id = membership.series_id
where membership.until is null and membership.customer_id in (:keys)
