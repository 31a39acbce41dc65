insert into index_block (kind, run_id, first_key, block) values
