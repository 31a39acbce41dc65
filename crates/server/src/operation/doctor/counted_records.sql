select source.code, count(*)
from record
join source on source.id = record.source_id
where record.retired_at is null
group by source.code
