select count(*)
from (select 1 from review where state = 'open' limit 10001) as counted
