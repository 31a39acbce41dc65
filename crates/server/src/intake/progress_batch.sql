update batch
set
    rows_done = $2,
    accepted = $3,
    quarantined = $4,
    unchanged = $5,
    new_customers = $6,
    joined = $7,
    held_for_review = $8,
    first_record_id = coalesce(first_record_id, $9),
    last_record_id = coalesce($10, last_record_id),
    state = $11
where id = $1
