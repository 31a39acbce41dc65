select
    id, family, state, learn, started_at, started_by, reason, base_model_id, model_id, stage, done, total,
    finished_at, decided_at, decided_by, decision_reason, applied_at, problem, summary
from linkage_run
where family = $1 and model_id = $2 and summary is not null
order by id desc
limit 1
