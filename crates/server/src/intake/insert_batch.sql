insert into batch (
    id, source_id, upload_id, file_name, file_digest, format, encoding, sheet, mapping, dry_run, state,
    total_rows, rows_done, accepted, quarantined, unchanged, new_customers, joined, held_for_review,
    started_at, started_by
) values (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'running',
    $11, 0, 0, 0, 0, 0, 0, 0,
    $12, $13
)
