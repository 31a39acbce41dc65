select number, survivorship
from view_rules
order by number desc
limit 1
