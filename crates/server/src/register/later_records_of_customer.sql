select
    id, series_id, version, source_id, batch_id, row_number, kind, observed_at, recorded_at, retired_at,
    entered_by, general, sensitive, unknown, commitment
from record
where version > 1 and series_id in (
    select membership.series_id
    from membership
    where membership.customer_id = $1
)
