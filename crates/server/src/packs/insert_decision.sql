insert into rule_decision (id, customer_id, day, branch, editions, facts, result, made_at, made_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
