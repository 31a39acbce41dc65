insert into closed_key (id, family, model_id, key) values
