insert into source (id, code, name, channel, owner, trust, purpose, legal_basis, created_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
