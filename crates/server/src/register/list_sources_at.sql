-- Sources as they are, trusted as they were at an instant.
select
    source.id, source.code, source.name, source.channel, source.owner,
    coalesce((
        select source_trust.trust
        from source_trust
        where source_trust.source_id = source.id and source_trust.since <= $1
        order by source_trust.since desc
        limit 1
    ), source.trust) as trust,
    source.purpose, source.legal_basis, source.created_at, source.version
from source
order by source.code
