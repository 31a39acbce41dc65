update membership
set until = $1
where series_id = $2 and until is null
