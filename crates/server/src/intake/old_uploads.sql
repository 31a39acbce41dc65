select id
from upload
where created_at < $1
    and not exists (
        select 1 from batch
        where batch.upload_id = upload.id and batch.state in ('running', 'interrupted')
    )
order by id
limit 1000
