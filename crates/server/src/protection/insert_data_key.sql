insert into data_key (scope, id, key_version, wrapped) values
