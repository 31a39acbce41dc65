-- All versions of a series have the source of the first, whose id is that of the series.
select distinct membership.customer_id, source.code
from membership
join record on record.id = membership.series_id
join source on source.id = record.source_id
where membership.until is null and membership.customer_id in (:keys)
