select
    (select count(*) from batch where state = 'running'),
    (select count(*) from quarantine where state = 'open'),
    (select count(*) from review where state in ('open', 'second_opinion')),
    (select count(*) from audit_entry where position is null)
