select count(*)
from (select 1 from review where state in ('same', 'different') limit 10001) as counted
