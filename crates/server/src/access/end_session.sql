update session set ended_at = $2 where token_digest = $1 and ended_at is null
