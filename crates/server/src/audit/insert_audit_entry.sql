insert into audit_entry (id, recorded_at, actor, action, subject, detail, root)
values ($1, $2, $3, $4, $5, $6, $7)
