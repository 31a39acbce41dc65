-- Both sides must still stand: what was withdrawn needs no decision.
select id, opened_at, left_series_id, right_series_id, reason, state, decided_at, decided_by
from review
where state = 'open' and id > $1
    and exists (select 1 from membership where series_id = review.left_series_id and until is null)
    and exists (select 1 from membership where series_id = review.right_series_id and until is null)
order by id
limit $2
