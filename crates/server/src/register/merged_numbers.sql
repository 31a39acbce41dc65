with recursive absorbed (id) as (
    select merge.absorbed_id
    from merge
    where merge.survivor_id = $1
        and merge.recorded_at <= $2
        and (merge.undone_at is null or merge.undone_at > $2)
    union
    select merge.absorbed_id
    from merge
    join absorbed on merge.survivor_id = absorbed.id
    where merge.recorded_at <= $2
        and (merge.undone_at is null or merge.undone_at > $2)
)
select id
from absorbed
order by id
limit 500
