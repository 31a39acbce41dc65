update audit_entry
set position = $1 + numbered.place
from (
    select id, row_number() over (order by id) as place
    from (select id from audit_entry where position is null order by id limit $2) as first_ones
) as numbered
where audit_entry.id = numbered.id
