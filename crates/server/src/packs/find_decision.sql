select id, customer_id, day, branch, editions, facts, result, made_at, made_by
from rule_decision
where id = $1
