update pack_edition
set
    pack = $3, version = $4, layer = $5, branch = $6, effective_from = $7, effective_to = $8, files = $9,
    digest = $10, changed_at = $11, changed_by = $12, worked_by = $13, revision = revision + 1
where id = $1 and revision = $2 and state = 'draft'
