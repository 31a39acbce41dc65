-- How many wait for each reason, and how many of those nobody holds; counting stops somewhere.
select reason, count(*), count(case when claimed_until is null or claimed_until <= $2 then 1 end)
from (select reason, claimed_until from review where state = $1 limit 10001) as waiting
group by reason
order by reason
