select code from source order by code limit 1000
