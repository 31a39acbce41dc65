select count(*)
from golden_view
