select id, password_hash, display_name, role
from account
where name = $1 and disabled_at is null
