select id, code, name, channel, owner, trust, purpose, legal_basis, created_at, version
from source
where code = $1
