insert into upload (id, name, bytes, digest, created_at, created_by) values ($1, $2, $3, $4, $5, $6)
