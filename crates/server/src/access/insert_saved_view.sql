insert into saved_view (id, account_id, list, name, shared, body, updated_at)
values ($1, $2, $3, $4, $5, $6, $7)
