select coalesce(max(number), 0)
from view_rules
