update batch
set state = 'interrupted'
where state = 'running'
