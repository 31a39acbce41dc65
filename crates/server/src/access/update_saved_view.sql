update saved_view
set name = $1, shared = $2, body = $3, updated_at = $4
where id = $5 and account_id = $6 and list = $7
