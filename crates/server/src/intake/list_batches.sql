select
    id, source_id, upload_id, file_name, file_digest, format, encoding, sheet, mapping, dry_run, total_rows,
    started_by, state, rows_done, accepted, quarantined, unchanged, new_customers, joined, held_for_review,
    first_record_id, last_record_id, started_at, finished_at, withdrawn_at, problem, report,
    withdrawn_by, withdrawn_reason, withdrawn_records, withdrawn_through, held_until
from batch
where id < $1
    and (cast($2 as bigint) is null or source_id = $2)
    and (cast($3 as text) is null or state = $3)
order by id desc
limit $4
