select id, wrapped
from data_key
where scope = 4 and id in (:keys)
