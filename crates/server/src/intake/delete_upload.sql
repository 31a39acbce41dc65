delete from upload where id = $1
