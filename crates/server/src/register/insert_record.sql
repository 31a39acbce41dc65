insert into record (
    id, series_id, version, source_id, batch_id, row_number, kind, observed_at, recorded_at,
    entered_by, general, sensitive, unknown, commitment
) values
