select
    record.id, record.series_id, record.version, record.source_id, record.batch_id, record.row_number,
    record.kind, record.observed_at, record.recorded_at, record.retired_at, record.entered_by,
    record.general, record.sensitive, record.unknown, record.commitment, beside.customer_id
from membership as given
join membership as beside on beside.customer_id = given.customer_id
join record on record.series_id = beside.series_id and record.version > 1
where given.until is null and beside.until is null and given.series_id in (:keys)
