-- First versions of every series that was ever the customer's: their id is that of the series.
select
    id, series_id, version, source_id, batch_id, row_number, kind, observed_at, recorded_at, retired_at,
    entered_by, general, sensitive, unknown, commitment
from record
where id in (
    select membership.series_id
    from membership
    where membership.customer_id = $1
)
