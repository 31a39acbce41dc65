select series_id, component_id, cells, family
from linkage_feature
where series_id in (:keys)
