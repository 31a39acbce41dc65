select series_id
from linkage_feature
where family = $1 and kept_at > $2
