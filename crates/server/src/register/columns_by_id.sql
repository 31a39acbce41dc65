select id, name
from source_column
where id in (:keys)
