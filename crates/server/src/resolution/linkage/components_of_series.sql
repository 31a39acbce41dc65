select component_id
from linkage_feature
where series_id in (:keys)
