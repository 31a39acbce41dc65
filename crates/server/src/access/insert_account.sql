insert into account (id, name, display_name, role, password_hash, created_at)
values ($1, $2, $3, $4, $5, $6)
