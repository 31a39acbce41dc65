update linkage_run
set held_until = 0
where state in ('running', 'applying')
