-- How many wait for each reason, and how many of those nobody holds; counting stops somewhere. As in
-- the list, both sides must still stand.
select reason, count(*), count(case when claimed_until is null or claimed_until <= $2 then 1 end)
from (
    select reason, claimed_until
    from review
    where state = $1
        and exists (
            select 1 from membership where series_id = review.left_series_id and until is null
        )
        and exists (
            select 1 from membership where series_id = review.right_series_id and until is null
        )
    limit 10001
) as waiting
group by reason
order by reason
