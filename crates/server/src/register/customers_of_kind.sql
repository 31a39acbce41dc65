select golden_view.customer_id
from golden_view
where golden_view.kind = $2
    and golden_view.customer_id > $1
    and (cast($3 as bigint) is null or exists (
        select 1
        from membership
        join record on record.id = membership.series_id
        where membership.customer_id = golden_view.customer_id
            and membership.until is null
            and record.source_id = $3
    ))
order by golden_view.customer_id
limit $4
