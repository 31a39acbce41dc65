insert into linkage_run (
    id, family, state, learn, started_at, started_by, reason, base_model_id, model_id, stage, done, total,
    holder, held_until
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, $11, $12)
