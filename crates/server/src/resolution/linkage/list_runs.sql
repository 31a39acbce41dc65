select
    id, family, state, learn, started_at, started_by, reason, base_model_id, model_id, stage, done, total,
    finished_at, decided_at, decided_by, decision_reason, applied_at, problem, summary
from linkage_run
where id < $1 and (cast($2 as bigint) is null or family = $2)
order by id desc
limit $3
