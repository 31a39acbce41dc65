select record.id, record.source_id, batch.file_digest, record.row_number, record.version
from record
left join batch on batch.id = record.batch_id
where record.id in (:keys)
