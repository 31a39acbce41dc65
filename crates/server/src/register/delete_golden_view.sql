delete from golden_view
where customer_id = $1
