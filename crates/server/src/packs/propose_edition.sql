update pack_edition
set state = $4, proposed_at = $5, proposed_by = $6, proposal = $7
where id = $1 and state = $2 and revision = $3
