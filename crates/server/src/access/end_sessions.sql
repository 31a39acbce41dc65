update session set ended_at = $2
where ended_at is null and account_id = (select id from account where name = $1)
