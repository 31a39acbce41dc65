insert into tally (name, value) values
