select id
from batch
where rows_done <> accepted + quarantined or (state = 'finished' and rows_done <> total_rows)
order by id
limit $1
