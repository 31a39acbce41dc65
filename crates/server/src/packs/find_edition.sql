select
    id, pack, version, layer, branch, state, effective_from, effective_to, digest, revision, base_id, created_at,
    created_by, changed_at, changed_by, proposed_at, proposed_by, proposal, decided_at, decided_by, decision, worked_by
from pack_edition
where id = $1
