-- Also those about customers that were merged into it.
with recursive meant (id) as (
    select customer.id
    from customer
    where customer.id = $1
    union
    select customer.id
    from customer
    join meant on customer.merged_into = meant.id
)
select id, customer_id, day, branch, editions, facts, result, made_at, made_by
from rule_decision
where customer_id in (select meant.id from meant)
order by id desc
limit $2
