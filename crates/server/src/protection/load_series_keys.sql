select id, wrapped
from data_key
where scope = 1 and id in (:keys)
