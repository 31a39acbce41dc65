insert into review (id, opened_at, left_series_id, right_series_id, reason, state, millibits) values
