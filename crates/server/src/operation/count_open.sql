select
    (select count(*) from batch where state = 'running'),
    (select count(*) from quarantine where state = 'open'),
    (
        select count(*)
        from review
        where state in ('open', 'second_opinion')
            and exists (
                select 1 from membership where series_id = review.left_series_id and until is null
            )
            and exists (
                select 1 from membership where series_id = review.right_series_id and until is null
            )
    ),
    (select count(*) from audit_entry where position is null)
