select name, value
from tally
order by name
