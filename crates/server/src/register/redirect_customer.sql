update customer
set merged_into = $1
where id = $2
