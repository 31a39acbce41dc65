delete from index_block
where kind = $1 and run_id = $2 and first_key in (
    select first_key
    from index_block
    where kind = $1 and run_id = $2
    order by first_key
    limit $3
)
