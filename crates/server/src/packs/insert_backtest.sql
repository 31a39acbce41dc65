insert into pack_backtest (
    id, edition_id, revision, day, state, started_at, started_by, done, total, holder, held_until
)
values ($1, $2, $3, $4, 'running', $5, $6, 0, 0, $7, $8)
