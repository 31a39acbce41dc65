//! Dividing the whole book anew (整库重新识别): a job that shows what would change before anybody applies it.
//!
//! What is known of a run stands in the store. A run that is cut off has changed nothing, and is started again.

use std::time::Duration;

use domain::resolution::Family;
use serde_json::json;

use crate::audit::{self, NewEntry};
use crate::register::check_reason;
use crate::resolution::linkage::apply::carry_through;
use crate::resolution::linkage::division::divide;
use crate::resolution::linkage::models::in_force;
use crate::resolution::linkage::progress::Progress;
use crate::resolution::linkage::refusal::RunError;
use crate::resolution::linkage::relearn::relearn;
use crate::resolution::linkage::runs::{self, NewRun, RunRow};
use crate::resolution::linkage::summary::summarise;
use crate::resolution::wire_linkage_run::LinkageRunState;
use crate::store::Store;

/// How often a run says how far it is.
const HEARTBEAT: Duration = Duration::from_secs(2);
/// How often somebody looks for runs that nobody works at any more.
const WATCH: Duration = Duration::from_secs(30);

/// Starts a run over all records of a family. Gives its id.
pub async fn start_run(
    store: &Store,
    actor: &str,
    family: Family,
    learn: bool,
    reason: &str,
) -> Result<i64, RunError> {
    let reason = check_reason(reason)?;
    let (mut transaction, now) = store.write().await?;
    if let Some(open) = runs::find_open(&mut transaction, family).await? {
        return Err(RunError::Open(open));
    }
    let base_model = in_force(&mut transaction, store, family).await?.id;
    let run = NewRun {
        family,
        learn,
        started_by: actor,
        reason,
        base_model,
    };
    let id = runs::insert(&mut transaction, store, now, run).await?;
    let entry = NewEntry {
        actor,
        action: "linkage_run.started",
        subject: format!("linkage_run/{id}"),
        detail: json!({ "family": family.code(), "learn": learn, "reason": reason }),
        root: None,
    };
    audit::append(&mut transaction, now, entry)
        .await
        .map_err(crate::register::RegisterError::from)?;
    transaction.commit().await?;
    spawn(store, id);
    Ok(id)
}

/// Lets what a run found be carried out. Whoever started it cannot be the one who applies it.
pub async fn apply_run(store: &Store, actor: &str, id: i64, reason: &str) -> Result<(), RunError> {
    let run = decide(store, actor, id, reason, LinkageRunState::Applying).await?;
    spawn(store, run.id);
    Ok(())
}

/// Puts a run away, also one that is still dividing.
pub async fn discard_run(
    store: &Store,
    actor: &str,
    id: i64,
    reason: &str,
) -> Result<(), RunError> {
    decide(store, actor, id, reason, LinkageRunState::Discarded).await?;
    Ok(())
}

async fn decide(
    store: &Store,
    actor: &str,
    id: i64,
    reason: &str,
    to: LinkageRunState,
) -> Result<RunRow, RunError> {
    let reason = check_reason(reason)?;
    let (mut transaction, now) = store.write().await?;
    let run = runs::find(&mut transaction, id).await?;
    let applies = to == LinkageRunState::Applying;
    match run.state {
        LinkageRunState::Ready => {}
        LinkageRunState::Running if !applies => {}
        _ => return Err(RunError::NotReady),
    }
    if applies && run.started_by == actor {
        return Err(RunError::SecondPerson);
    }
    let step = (id, run.state, to);
    if !runs::decide(&mut transaction, store, now, step, (actor, reason)).await? {
        return Err(RunError::NotReady);
    }
    let entry = NewEntry {
        actor,
        action: if applies {
            "linkage_run.approved"
        } else {
            "linkage_run.discarded"
        },
        subject: format!("linkage_run/{id}"),
        detail: json!({ "started_by": run.started_by, "reason": reason }),
        root: None,
    };
    audit::append(&mut transaction, now, entry).await?;
    transaction.commit().await?;
    Ok(run)
}

/// Works at a run beside everything else.
fn spawn(store: &Store, id: i64) {
    let store = store.clone();
    tokio::spawn(async move {
        let progress = Progress::default();
        let worked = tokio::select! {
            worked = work(&store, id, &progress) => worked,
            never = tell(&store, id, &progress) => never,
        };
        let Err(error) = worked else { return };
        tracing::warn!(run = id, %error, "a run over the book stopped");
        if let Err(error) = runs::fail(&store, id, &error.text()).await {
            tracing::error!(run = id, %error, "how the run stopped could not be written down");
        }
    });
}

/// Says again and again how far a run is.
async fn tell(store: &Store, id: i64, progress: &Progress) -> Result<(), RunError> {
    let mut ticks = tokio::time::interval(HEARTBEAT);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = runs::note_progress(store, id, progress).await {
            tracing::warn!(run = id, %error, "how far the run is will be written down later");
        }
    }
}

async fn work(store: &Store, id: i64, progress: &Progress) -> Result<(), RunError> {
    let mut transaction = store.database.read().await?;
    let run = runs::find(&mut transaction, id).await?;
    drop(transaction);
    match run.state {
        LinkageRunState::Running => preview(store, &run, progress).await,
        LinkageRunState::Applying => carry_through(store, &run, progress).await,
        _ => Ok(()),
    }
}

/// Divides the book and keeps what that would change.
async fn preview(store: &Store, run: &RunRow, progress: &Progress) -> Result<(), RunError> {
    let family = run.family;
    let mut transaction = store.database.read().await?;
    let in_force = in_force(&mut transaction, store, family).await?;
    drop(transaction);
    if in_force.id != run.base_model {
        return Err(RunError::OtherModel);
    }
    let (model, body) = if run.learn {
        let (model, body) = relearn(store, family, &in_force, progress).await?;
        (model, Some(body))
    } else {
        (in_force, None)
    };
    let division = divide(store, family, &model, progress).await?;
    let summary = crate::register::beside(move || summarise(&division))
        .join()
        .await?;
    let (mut transaction, now) = store.write().await?;
    // Where somebody discarded the run meanwhile, nobody wants to know.
    runs::end(&mut transaction, now, run.id, &summary, body).await?;
    transaction.commit().await?;
    Ok(())
}

/// Fails runs whose process is silent, for as long as the server runs.
pub async fn look_after_runs(store: Store) {
    let mut ticks = tokio::time::interval(WATCH);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = runs::fail_silent(&store).await {
            tracing::warn!(%error, "runs over the book will be looked after later");
        }
    }
}

/// Fails what a process left that is there no more; whoever opens an embedded store is the only one.
pub async fn end_left_runs(store: &Store) -> Result<(), storage::StorageError> {
    runs::release(store).await?;
    runs::fail_silent(store).await
}
