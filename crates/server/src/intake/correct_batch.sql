update batch
set
    accepted = accepted + 1,
    quarantined = quarantined - 1,
    unchanged = unchanged + $2,
    new_customers = new_customers + $3,
    joined = joined + $4,
    held_for_review = held_for_review + $5,
    first_record_id = coalesce(first_record_id, $6),
    last_record_id = coalesce($6, last_record_id)
where id = $1
