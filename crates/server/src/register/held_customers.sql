-- One side at a time, so that each goes by its own index.
select held.customer_id, count(*)
from (
    select membership.customer_id, review.id
    from membership
    join review on review.left_series_id = membership.series_id
    where review.state = 'open' and membership.until is null and membership.customer_id in (:keys)
    union
    select membership.customer_id, review.id
    from membership
    join review on review.right_series_id = membership.series_id
    where review.state = 'open' and membership.until is null and membership.customer_id in (:keys)
) as held
group by held.customer_id
