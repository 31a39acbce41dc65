insert into audit_entry (id, recorded_at, actor, action, subject, detail, root) values
