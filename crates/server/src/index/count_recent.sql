select count(*)
from index_recent
