select series_id
from membership
where until is null
group by series_id
having count(*) > 1
order by series_id
limit $1
