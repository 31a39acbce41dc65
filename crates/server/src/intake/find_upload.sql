select id, name, bytes, digest, created_at, created_by from upload where id = $1
