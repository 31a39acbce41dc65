select record.id, record.series_id, record.general, beside.customer_id
from membership as given
join membership as beside on beside.customer_id = given.customer_id
join record on record.series_id = beside.series_id and record.version > 1
where given.until is null
    and beside.until is null
    and record.retired_at is null
    and given.series_id in (:keys)
