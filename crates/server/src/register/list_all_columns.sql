select source_id, name
from source_column
order by source_id, id
