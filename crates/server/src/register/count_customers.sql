select count(*)
from (
    select 1
    from golden_view
    where ($1 is null or golden_view.kind = $1)
        and ($2 is null or exists (
            select 1
            from membership
            join record on record.id = membership.series_id
            where membership.customer_id = golden_view.customer_id
                and membership.until is null
                and record.source_id = $2
        ))
    limit 10001
) as counted
