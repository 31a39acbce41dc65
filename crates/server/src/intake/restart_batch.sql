update batch
set
    rows_done = 0,
    accepted = 0,
    quarantined = 0,
    unchanged = 0,
    new_customers = 0,
    joined = 0,
    held_for_review = 0
where id = $1 and dry_run
