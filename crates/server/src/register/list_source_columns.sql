select id, name
from source_column
where source_id = $1
