update source
set name = $1, channel = $2, owner = $3, trust = $4, purpose = $5, legal_basis = $6, version = version + 1
where id = $7
