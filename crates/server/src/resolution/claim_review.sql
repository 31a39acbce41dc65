-- One statement decides between two who claim at once, on however many servers.
update review
set claimed_by = $1, claimed_until = $2
where id = $3
    and state in ('open', 'second_opinion')
    and (claimed_by is null or claimed_by = $1 or claimed_until <= $4)
