insert into outbox (id, audit_entry_id, topic, detail) values
