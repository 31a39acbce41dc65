select linkage_feature.series_id, linkage_feature.cells, membership.customer_id, membership.reason
from linkage_feature
join membership on membership.series_id = linkage_feature.series_id and membership.until is null
where linkage_feature.family = $1 and linkage_feature.series_id > $2
order by linkage_feature.series_id
limit $3
