insert into membership (series_id, since, customer_id, reason) values
