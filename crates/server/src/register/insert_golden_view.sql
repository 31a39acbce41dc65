insert into golden_view (customer_id, kind, name, records, folded_at, general, sensitive) values
