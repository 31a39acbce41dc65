delete from session where expires_at < $1 or ended_at is not null
