update view_rules
set folded_through = $1, folded = folded + $2
where number = $3
