update batch
set
    rows_done = rows_done + $3,
    accepted = accepted + $4,
    quarantined = quarantined + $5,
    unchanged = unchanged + $6,
    new_customers = new_customers + $7,
    joined = joined + $8,
    held_for_review = held_for_review + $9,
    first_record_id = coalesce(first_record_id, $10),
    last_record_id = coalesce($11, last_record_id),
    state = 'running'
where id = $1 and rows_done = $2 and state in ('running', 'interrupted')
returning rows_done, accepted, quarantined, unchanged, new_customers, joined, held_for_review
