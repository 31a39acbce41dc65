select series_id, component_id, cells
from linkage_feature
where component_id <> series_id and component_id in (:keys)
