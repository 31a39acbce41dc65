select reason, count(*)
from (select reason from review where claimed_by = $1 and claimed_until > $2 limit 10001) as claimed
group by reason
