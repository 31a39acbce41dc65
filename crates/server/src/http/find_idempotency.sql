select request_digest, status, sealed_answer
from idempotency
where account_id = $1 and key_digest = $2
