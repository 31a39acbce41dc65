select reason, count(*)
from (select reason from review where state in ('same', 'different') limit 10001) as decided
group by reason
