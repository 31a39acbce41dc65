insert into judgement (left_series_id, right_series_id, recorded_at, verdict, actor, reason)
values ($1, $2, $3, $4, $5, $6)
