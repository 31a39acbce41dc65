select customer.created_at, (
    select merge.survivor_id
    from merge
    where merge.absorbed_id = customer.id
        and merge.recorded_at <= $2
        and (merge.undone_at is null or merge.undone_at > $2)
    order by merge.id desc
    limit 1
)
from customer
where customer.id = $1 and customer.created_at <= $2
