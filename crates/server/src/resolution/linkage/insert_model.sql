insert into linkage_model (id, family, recorded_at, actor, reason, body)
values ($1, $2, $3, $4, $5, $6)
