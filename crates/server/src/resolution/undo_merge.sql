update merge
set undone_at = $1, undone_by = $2, undone_reason = $3
where id = $4
