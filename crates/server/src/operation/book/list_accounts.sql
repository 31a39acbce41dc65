select name, display_name, role, created_at, disabled_at
from account
order by name
