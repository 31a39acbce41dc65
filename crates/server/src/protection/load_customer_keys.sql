select id, wrapped
from data_key
where scope = 2 and id in (:keys)
