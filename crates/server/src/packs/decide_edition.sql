update pack_edition
set state = $4, decided_at = $5, decided_by = $6, decision = $7
where id = $1 and state = $2 and revision = $3
