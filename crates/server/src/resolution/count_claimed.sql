select reason, count(*)
from (
    select reason
    from review
    where claimed_by = $1
        and claimed_until > $2
        and exists (
            select 1 from membership where series_id = review.left_series_id and until is null
        )
        and exists (
            select 1 from membership where series_id = review.right_series_id and until is null
        )
    limit 10001
) as claimed
group by reason
