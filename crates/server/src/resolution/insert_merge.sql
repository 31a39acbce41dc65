insert into merge (id, recorded_at, actor, survivor_id, absorbed_id, reason)
values ($1, $2, $3, $4, $5, $6)
