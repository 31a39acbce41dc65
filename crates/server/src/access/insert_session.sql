insert into session (token_digest, account_id, created_at, expires_at)
values ($1, $2, $3, $4)
