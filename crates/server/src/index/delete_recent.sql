delete from index_recent
where (kind, key, reference) in (values
