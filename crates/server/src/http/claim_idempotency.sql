insert into idempotency (account_id, key_digest, request_digest, status, sealed_answer, recorded_at)
values ($1, $2, $3, 0, $4, $5)
