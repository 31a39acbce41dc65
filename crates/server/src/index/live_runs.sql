select id
from index_run
where live
order by id
