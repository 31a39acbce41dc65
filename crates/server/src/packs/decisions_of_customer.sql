select id, customer_id, day, editions, facts, result, made_at, made_by
from rule_decision
where customer_id = $1
order by id desc
limit $2
