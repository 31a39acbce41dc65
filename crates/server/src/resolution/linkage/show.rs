//! Runs over the whole book as a client sees them.

use domain::resolution::Family;

use crate::http::{Count, Id, Instant, Page};
use crate::resolution::linkage::refusal::RunError;
use crate::resolution::linkage::runs::{self, RunRow};
use crate::resolution::wire_linkage_run::{LinkageFamily, LinkageRun};
use crate::store::Store;

impl From<LinkageFamily> for Family {
    fn from(family: LinkageFamily) -> Self {
        match family {
            LinkageFamily::Person => Self::Person,
            LinkageFamily::Organisation => Self::Organisation,
        }
    }
}

impl From<Family> for LinkageFamily {
    fn from(family: Family) -> Self {
        match family {
            Family::Person => Self::Person,
            Family::Organisation => Self::Organisation,
        }
    }
}

/// A page of runs, newest first.
pub async fn run_page(
    store: &Store,
    actor: &str,
    family: Option<LinkageFamily>,
    after: Option<i64>,
    limit: i64,
) -> Result<Page<LinkageRun>, RunError> {
    let mut transaction = store.database.read().await?;
    let before = after.unwrap_or(i64::MAX);
    let family = family.map(Family::from);
    let (rows, count) = runs::list(&mut transaction, family, before, limit + 1).await?;
    let page = Page::of(rows, limit, Count::up_to(count), |last| last.id);
    Ok(page.map(|run| LinkageRun {
        curve: None,
        changes: None,
        ..show(run, actor)
    }))
}

/// One run with its preview.
pub async fn run_detail(store: &Store, actor: &str, id: i64) -> Result<LinkageRun, RunError> {
    let mut transaction = store.database.read().await?;
    Ok(show(runs::find(&mut transaction, id).await?, actor))
}

fn show(run: RunRow, actor: &str) -> LinkageRun {
    let (figures, curve, changes) = match run.summary {
        Some(summary) => (
            Some(summary.figures),
            Some(summary.curve),
            Some(summary.changes),
        ),
        None => (None, None, None),
    };
    LinkageRun {
        id: Id(run.id),
        family: run.family.into(),
        state: run.state,
        learn: run.learn,
        started_at: Instant(run.started_at),
        mine: run.started_by == actor,
        started_by: run.started_by,
        reason: run.reason,
        stage: run.stage,
        done: run.done,
        total: run.total,
        finished_at: run.finished_at.map(Instant),
        decided_at: run.decided_at.map(Instant),
        decided_by: run.decided_by,
        decision_reason: run.decision_reason,
        applied_at: run.applied_at.map(Instant),
        problem: run.problem,
        figures,
        curve,
        changes,
    }
}
