insert into index_recent (kind, key, reference) values
