//! Runs over a whole book as the store keeps them: the table `linkage_run`.

use domain::resolution::Family;
use storage::{Kind, Row, StorageError, Transaction};

use crate::clock::Micros;
use crate::http::Text;
use crate::resolution::linkage::progress::{Progress, Stage};
use crate::resolution::linkage::refusal::RunError;
use crate::resolution::linkage::summary::Summary;
use crate::resolution::wire_linkage_run::LinkageRunState;
use crate::store::{Store, allocate};

/// How long whoever works at a run may be silent.
const SILENCE: Micros = 60_000_000;

/// A run as it stands.
#[derive(Debug, Clone)]
pub(super) struct RunRow {
    pub id: i64,
    pub family: Family,
    pub state: LinkageRunState,
    pub learn: bool,
    pub started_at: Micros,
    pub started_by: String,
    pub reason: String,
    /// The model in force when it began.
    pub base_model: i64,
    pub stage: String,
    pub done: i64,
    pub total: i64,
    pub finished_at: Option<Micros>,
    pub decided_at: Option<Micros>,
    pub decided_by: Option<String>,
    pub decision_reason: Option<String>,
    pub applied_at: Option<Micros>,
    pub problem: Option<Text>,
    pub summary: Option<Summary>,
}

/// A run about to begin.
pub(super) struct NewRun<'a> {
    pub family: Family,
    pub learn: bool,
    pub started_by: &'a str,
    pub reason: &'a str,
    pub base_model: i64,
}

/// The word in the store.
pub(super) fn word(state: LinkageRunState) -> &'static str {
    match state {
        LinkageRunState::Running => "running",
        LinkageRunState::Ready => "ready",
        LinkageRunState::Applying => "applying",
        LinkageRunState::Applied => "applied",
        LinkageRunState::Discarded => "discarded",
        LinkageRunState::Failed => "failed",
    }
}

/// The state with a word; what nobody knows has failed.
fn state(word: &str) -> LinkageRunState {
    match word {
        "running" => LinkageRunState::Running,
        "ready" => LinkageRunState::Ready,
        "applying" => LinkageRunState::Applying,
        "applied" => LinkageRunState::Applied,
        "discarded" => LinkageRunState::Discarded,
        _ => LinkageRunState::Failed,
    }
}

fn into_run(row: &Row) -> Result<RunRow, StorageError> {
    let json = |text: Option<String>| text.unwrap_or_default();
    Ok(RunRow {
        id: row.integer(0)?,
        family: Family::from_number(row.integer(1)?).unwrap_or(Family::Person),
        state: state(&row.text(2)?),
        learn: row.boolean(3)?,
        started_at: row.integer(4)?,
        started_by: row.text(5)?,
        reason: row.text(6)?,
        base_model: row.integer(7)?,
        stage: row.text(9)?,
        done: row.integer(10)?,
        total: row.integer(11)?,
        finished_at: row.optional_integer(12)?,
        decided_at: row.optional_integer(13)?,
        decided_by: row.optional_text(14)?,
        decision_reason: row.optional_text(15)?,
        applied_at: row.optional_integer(16)?,
        // An older program may have written another form: then there is nothing to show.
        problem: serde_json::from_str(&json(row.optional_text(17)?)).ok(),
        summary: serde_json::from_str(&json(row.optional_text(18)?)).ok(),
    })
}

/// Notes a run that begins, held by this process. Figures of a run that learns nothing are about the model in force.
pub(super) async fn insert(
    transaction: &mut Transaction,
    store: &Store,
    now: Micros,
    run: NewRun<'_>,
) -> Result<i64, StorageError> {
    let id = allocate(transaction, "linkage_run", 1).await?;
    let cells = [
        id.into(),
        run.family.number().into(),
        word(LinkageRunState::Running).into(),
        run.learn.into(),
        now.into(),
        run.started_by.into(),
        run.reason.into(),
        run.base_model.into(),
        (!run.learn).then_some(run.base_model).into(),
        Stage::Waiting.word().into(),
        store.process().into(),
        (now + SILENCE).into(),
    ];
    transaction
        .execute(include_str!("insert_run.sql"), cells)
        .await?;
    Ok(id)
}

/// One run.
pub(super) async fn find(transaction: &mut Transaction, id: i64) -> Result<RunRow, RunError> {
    let sql = include_str!("find_run.sql");
    let row = transaction.fetch_optional(sql, [id.into()]).await?;
    Ok(into_run(&row.ok_or(RunError::Unknown(id))?)?)
}

/// The run of a family that is not over.
pub(super) async fn find_open(
    transaction: &mut Transaction,
    family: Family,
) -> Result<Option<i64>, StorageError> {
    let sql = include_str!("open_run.sql");
    let row = transaction
        .fetch_optional(sql, [family.number().into()])
        .await?;
    row.map(|row| row.integer(0)).transpose()
}

/// The last run whose figures are about a model.
pub(super) async fn last_of_model(
    transaction: &mut Transaction,
    family: Family,
    model: i64,
) -> Result<Option<RunRow>, StorageError> {
    let sql = include_str!("last_run_of_model.sql");
    let cells = [family.number().into(), model.into()];
    let row = transaction.fetch_optional(sql, cells).await?;
    row.as_ref().map(into_run).transpose()
}

/// Runs before one, newest first, and how many there are.
pub(super) async fn list(
    transaction: &mut Transaction,
    family: Option<Family>,
    before: i64,
    limit: i64,
) -> Result<(Vec<RunRow>, i64), StorageError> {
    let family = family.map(Family::number);
    let cells = [before.into(), family.into(), limit.into()];
    let rows = transaction
        .fetch_all(include_str!("list_runs.sql"), cells)
        .await?;
    let count = include_str!("count_runs.sql");
    let count = transaction.fetch_one(count, [family.into()]).await?;
    let runs = rows.iter().map(into_run).collect::<Result<_, _>>()?;
    Ok((runs, count.integer(0)?))
}

/// The model that a run learnt.
pub(super) async fn body(
    transaction: &mut Transaction,
    id: i64,
) -> Result<Option<String>, StorageError> {
    let sql = include_str!("run_body.sql");
    let row = transaction.fetch_optional(sql, [id.into()]).await?;
    row.map_or(Ok(None), |row| row.optional_text(0))
}

/// Says how far a run of this process is, and that somebody works at it.
pub(super) async fn note_progress(
    store: &Store,
    id: i64,
    progress: &Progress,
) -> Result<(), StorageError> {
    let (stage, done, total) = progress.state();
    let (mut transaction, now) = store.write().await?;
    let cells = [
        stage.word().into(),
        done.cast_signed().into(),
        total.cast_signed().into(),
        (now + SILENCE).into(),
        id.into(),
        store.process().into(),
    ];
    transaction
        .execute(include_str!("progress_run.sql"), cells)
        .await?;
    transaction.commit().await
}

/// Says what a run found. Gives whether anybody still wants to know.
pub(super) async fn end(
    transaction: &mut Transaction,
    now: Micros,
    id: i64,
    summary: &Summary,
    body: Option<String>,
) -> Result<bool, StorageError> {
    let summary = serde_json::to_string(summary).unwrap_or_default();
    let cells = [now.into(), summary.into(), body.into(), id.into()];
    let ended = transaction
        .execute(include_str!("end_run.sql"), cells)
        .await?;
    Ok(ended == 1)
}

/// Moves a run from one state into another because somebody decided so; this process works at it from now on.
pub(super) async fn decide(
    transaction: &mut Transaction,
    store: &Store,
    now: Micros,
    (id, from, to): (i64, LinkageRunState, LinkageRunState),
    (actor, reason): (&str, &str),
) -> Result<bool, StorageError> {
    let is_worked_at = to == LinkageRunState::Applying;
    let held_until = if is_worked_at { now + SILENCE } else { 0 };
    let cells = [
        word(to).into(),
        now.into(),
        actor.into(),
        reason.into(),
        store.process().into(),
        held_until.into(),
        id.into(),
        word(from).into(),
    ];
    let decided = transaction
        .execute(include_str!("decide_run.sql"), cells)
        .await?;
    Ok(decided == 1)
}

/// Says that what a run found stands, under this model. Gives whether it was still being applied.
pub(super) async fn applied(
    transaction: &mut Transaction,
    now: Micros,
    id: i64,
    model: i64,
    summary: &Summary,
) -> Result<bool, StorageError> {
    let summary = serde_json::to_string(summary).unwrap_or_default();
    let cells = [now.into(), model.into(), summary.into(), id.into()];
    let applied = transaction
        .execute(include_str!("apply_run.sql"), cells)
        .await?;
    Ok(applied == 1)
}

/// Says why a run stopped.
pub(super) async fn fail(store: &Store, id: i64, problem: &Text) -> Result<(), StorageError> {
    let (mut transaction, now) = store.write().await?;
    let problem = serde_json::to_string(problem).unwrap_or_default();
    let cells = [now.into(), problem.into(), id.into()];
    transaction
        .execute(include_str!("fail_run.sql"), cells)
        .await?;
    transaction.commit().await
}

/// Fails runs that nobody works at any more.
pub(super) async fn fail_silent(store: &Store) -> Result<(), StorageError> {
    let (mut transaction, now) = store.write().await?;
    let problem = Text::new(
        "执行此任务的进程已中断，未作任何更改，请重新发起",
        "whoever worked at it stopped; nothing was changed: start it again",
    );
    let problem = serde_json::to_string(&problem).unwrap_or_default();
    transaction
        .execute(
            include_str!("fail_silent_runs.sql"),
            [now.into(), problem.into()],
        )
        .await?;
    transaction.commit().await
}

/// Lets go of all runs of an embedded store: whoever opens it is the only one.
pub(super) async fn release(store: &Store) -> Result<(), StorageError> {
    if store.database.kind() == Kind::Postgres {
        return Ok(());
    }
    let (mut transaction, _) = store.write().await?;
    transaction
        .execute(include_str!("release_runs.sql"), [])
        .await?;
    transaction.commit().await
}
