insert into split (id, recorded_at, actor, customer_id, new_customer_id, series, reason)
values ($1, $2, $3, $4, $5, $6, $7)
