insert into view_rules (number, survivorship, since, folded_through, folded, customers)
values ($1, $2, $3, 0, 0, (select count(*) from golden_view))
