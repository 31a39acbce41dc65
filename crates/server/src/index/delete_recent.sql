delete from index_recent
