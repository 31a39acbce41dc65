select
    count(*), coalesce(max(id), 0), count(position), coalesce(min(position), 0), coalesce(max(position), 0)
from audit_entry
