select id, file_digest, coalesce(first_record_id, 0), coalesce(last_record_id, 0)
from batch
where source_id = $1 and not dry_run
order by file_digest, id
