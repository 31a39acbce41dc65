insert into judgement (left_series_id, right_series_id, recorded_at, verdict, actor, reason) values
