select series_id, component_id, cells
from linkage_feature
where series_id in (:keys)
