insert into source_trust (source_id, since, trust)
values ($1, $2, $3)
