select record.id
from record
where record.version = 1 and record.retired_at is null and not exists (
    select 1
    from membership
    where membership.series_id = record.id and membership.until is null
)
order by record.id
limit $1
