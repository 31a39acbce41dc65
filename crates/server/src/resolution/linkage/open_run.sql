select id
from linkage_run
where family = $1 and state in ('running', 'ready', 'applying')
