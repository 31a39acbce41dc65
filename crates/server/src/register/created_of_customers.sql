select id, created_at
from customer
where id in (:keys)
