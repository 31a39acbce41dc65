insert into merge_series (merge_id, series_id) values
