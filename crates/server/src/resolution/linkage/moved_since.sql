-- Whatever began or ended after an instant, with the membership that stands now.
select changed.series_id, membership.customer_id
from (select distinct series_id from membership where since > $1 or until > $1) as changed
left join membership on membership.series_id = changed.series_id and membership.until is null
