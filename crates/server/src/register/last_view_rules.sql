select number, since, folded_through, folded, customers
from view_rules
order by number desc
limit 1
