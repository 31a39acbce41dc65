select id
from index_run
where not live
order by id
