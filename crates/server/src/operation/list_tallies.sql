select name, value from tally order by name limit 10000
