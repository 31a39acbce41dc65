select series_id, component_id, cells, family
from linkage_feature
where component_id <> series_id and component_id in (:keys)
