update review
set claimed_by = null, claimed_until = null
where id = $1 and claimed_by = $2
