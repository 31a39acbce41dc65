-- What is readable of the first version of every series of the customers that the given series
-- belong to: its id is that of the series.
select record.id, record.series_id, record.general, beside.customer_id
from membership as given
join membership as beside on beside.customer_id = given.customer_id
join record on record.id = beside.series_id
where given.until is null
    and beside.until is null
    and record.retired_at is null
    and given.series_id in (:keys)
