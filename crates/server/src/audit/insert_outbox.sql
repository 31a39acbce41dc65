insert into outbox (id, audit_entry_id, topic, detail)
values ($1, $2, $3, $4)
