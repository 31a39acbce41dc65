insert into mapping (source_id, name, body, updated_at) values ($1, $2, $3, $4)
on conflict (source_id, name) do update set body = excluded.body, updated_at = excluded.updated_at
