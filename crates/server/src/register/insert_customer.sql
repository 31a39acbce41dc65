insert into customer (id, created_at) values
