select count(*)
from linkage_feature
where family = $1
