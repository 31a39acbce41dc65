delete from idempotency where recorded_at < $1
