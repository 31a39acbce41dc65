select level, id
from index_run
where live
order by level, id
