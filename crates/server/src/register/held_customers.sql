-- One side at a time, so that each goes by its own index; and `cross join`, which SQLite takes as
-- an order: from the few series of a customer to their reviews, not from all that are open.
select held.customer_id, count(*)
from (
    select membership.customer_id, review.id
    from membership
    cross join review
    where review.left_series_id = membership.series_id
        and review.state in ('open', 'second_opinion')
        and membership.until is null
        and membership.customer_id in (:keys)
    union
    select membership.customer_id, review.id
    from membership
    cross join review
    where review.right_series_id = membership.series_id
        and review.state in ('open', 'second_opinion')
        and membership.until is null
        and membership.customer_id in (:keys)
) as held
group by held.customer_id
