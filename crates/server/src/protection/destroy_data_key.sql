delete from data_key
where scope = $1 and id = $2
