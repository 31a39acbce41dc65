update idempotency
set status = $3, sealed_answer = $4
where account_id = $1 and key_digest = $2
