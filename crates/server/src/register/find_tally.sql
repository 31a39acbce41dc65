select coalesce((select value from tally where name = $1), 0)
