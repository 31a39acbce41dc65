select id, files
from pack_edition
where id in (:keys)
