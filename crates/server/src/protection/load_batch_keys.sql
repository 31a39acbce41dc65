select id, wrapped
from data_key
where scope = 3 and id in (:keys)
