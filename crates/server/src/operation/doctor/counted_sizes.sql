select records, count(*)
from golden_view
group by records
