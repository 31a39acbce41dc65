-- Of a source with few records; one with many is met often enough on the way through all customers.
select golden_view.customer_id
from golden_view
where golden_view.customer_id > $1
    and (cast($2 as bigint) is null or golden_view.kind = $2)
    and golden_view.customer_id in (
        select membership.customer_id
        from record
        join membership on membership.series_id = record.series_id
        where record.source_id = $3 and membership.until is null
    )
order by golden_view.customer_id
limit $4
