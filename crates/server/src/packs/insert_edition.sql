insert into pack_edition (
    id, pack, version, layer, branch, state, effective_from, effective_to, files, digest, revision, base_id,
    created_at, created_by, changed_at, changed_by, decided_at, decided_by, worked_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12, $13, $12, $13, $14, $15, $16)
