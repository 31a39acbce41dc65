//! Carrying out the division of a whole book (应用): everything that takes long is done before, beside the work of others;
//! what changes the register is one transaction, which also asks what came meanwhile.

use std::sync::Arc;

use serde_json::json;
use storage::Transaction;

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::index::{write_recent, write_run};
use crate::register::{CustomerId, RegisterError, beside, refold_after};
use crate::resolution::linkage::closed::note_closed;
use crate::resolution::linkage::division::{Division, divide};
use crate::resolution::linkage::gather::{Neighbourhood, gather_under};
use crate::resolution::linkage::keep::keep;
use crate::resolution::linkage::models::in_force;
use crate::resolution::linkage::overlaid::Overlaid;
use crate::resolution::linkage::postings;
use crate::resolution::linkage::progress::{Progress, Stage};
use crate::resolution::linkage::refusal::RunError;
use crate::resolution::linkage::relearn::read_model;
use crate::resolution::linkage::runs::{self, RunRow};
use crate::resolution::linkage::since::{Since, since};
use crate::resolution::linkage::summary::{Summary, summarise};
use crate::resolution::rearrange::{open_customers, rearrange};
use crate::resolution::review::open_reviews;
use crate::store::{InForce, Store, allocate};

/// Who applied a run of which nobody says so.
const RESOLVER: &str = "resolver";
/// Customers folded at once.
const FOLDED_AT_ONCE: usize = 500;
/// Index entries beyond this become a run of their own.
const RECENT_ENTRIES: usize = 2_000;

/// All that is known before the one transaction.
struct Plan {
    model: Arc<InForce>,
    /// The model as a file, where it is new.
    body: Option<String>,
    /// Keys that are closed under a new model from the beginning.
    closed: Vec<u64>,
    division: Division,
    summary: Summary,
    /// Before the book was read.
    instant: Micros,
}

/// Carries out what a run found.
pub(super) async fn carry_through(
    store: &Store,
    run: &RunRow,
    progress: &Progress,
) -> Result<(), RunError> {
    let plan = prepare(store, run, progress).await?;
    progress.begin(Stage::Writing, 0);
    let (mut transaction, now) = store.write().await?;
    let transaction_open = &mut transaction;
    if !runs::applied(transaction_open, now, run.id, plan.model.id, &plan.summary).await? {
        return Err(RunError::NotReady);
    }
    put_in_force(transaction_open, store, now, run, &plan).await?;
    write_components(transaction_open, run, &plan.division).await?;
    let since = since(
        transaction_open,
        store,
        run.family,
        &plan.division,
        plan.instant,
    )
    .await?;
    let mut found = ask_again(transaction_open, store, run, &plan, &since).await?;
    let mut overlaid = Overlaid::of(&plan.division, &since, found.as_ref());
    open_customers(transaction_open, now, overlaid.groups.iter_mut()).await?;
    let Overlaid {
        standing,
        groups,
        holds,
        ..
    } = &overlaid;
    let joined = |members: &[usize]| overlaid.joined(members);
    let rearranged = rearrange(transaction_open, now, standing, groups, joined).await?;
    open_reviews(transaction_open, now, holds).await?;
    if let Some(found) = &mut found {
        keep(transaction_open, store, now, found).await?;
        let entries = std::mem::take(&mut found.entries);
        if entries.len() > RECENT_ENTRIES {
            write_run(transaction_open, &store.index, entries).await?;
        } else {
            write_recent(transaction_open, &entries).await?;
        }
    }
    let touched = rearranged.changed.into_iter().chain(rearranged.absorbed);
    let touched: Vec<CustomerId> = touched.collect();
    for some in touched.chunks(FOLDED_AT_ONCE) {
        refold_after(transaction_open, store, now, some).await?;
    }
    note(transaction_open, now, run, &plan, touched.len()).await?;
    transaction.commit().await?;
    Ok(())
}

/// Divides the book again, and writes the keys of a new model.
async fn prepare(store: &Store, run: &RunRow, progress: &Progress) -> Result<Plan, RunError> {
    let (mut transaction, instant) = store.write().await?;
    let in_force = in_force(&mut transaction, store, run.family).await?;
    if in_force.id != run.base_model {
        return Err(RunError::OtherModel);
    }
    let body = runs::body(&mut transaction, run.id).await?;
    let model = match &body {
        Some(body) => {
            let id = allocate(&mut transaction, "linkage_model", 1).await?;
            Arc::new(read_model(body, id)?)
        }
        None => in_force,
    };
    transaction.commit().await?;
    let division = divide(store, run.family, &model, progress).await?;
    let closed = if body.is_some() {
        postings::write(store, run.family, &model, &division, progress).await?
    } else {
        Vec::new()
    };
    let summarising = beside(move || {
        let summary = summarise(&division);
        (division, summary)
    });
    let (division, summary) = summarising.join().await?;
    Ok(Plan {
        model,
        body,
        closed,
        division,
        summary,
        instant,
    })
}

/// Puts a new model in force, unless another came before it.
async fn put_in_force(
    transaction: &mut Transaction,
    store: &Store,
    now: Micros,
    run: &RunRow,
    plan: &Plan,
) -> Result<(), RunError> {
    if in_force(transaction, store, run.family).await?.id != run.base_model {
        return Err(RunError::OtherModel);
    }
    let Some(body) = &plan.body else {
        return Ok(());
    };
    let cells = [
        plan.model.id.into(),
        run.family.number().into(),
        now.into(),
        run.decided_by.as_deref().unwrap_or(RESOLVER).into(),
        run.decision_reason.as_deref().unwrap_or(&run.reason).into(),
        body.as_str().into(),
    ];
    transaction
        .execute(include_str!("insert_model.sql"), cells)
        .await?;
    note_closed(transaction, store, run.family, &plan.model, &plan.closed).await?;
    Ok(())
}

/// Says which series hang together now. What is not in the book hangs together with nothing.
async fn write_components(
    transaction: &mut Transaction,
    run: &RunRow,
    division: &Division,
) -> Result<(), RunError> {
    let loosen = include_str!("loosen_components.sql");
    transaction
        .execute(loosen, [run.family.number().into()])
        .await?;
    let series = &division.standings.series;
    for (series_of_row, component) in series.iter().zip(&division.components) {
        let first = series[*component as usize];
        if first != *series_of_row {
            let cells = [first.into(), (*series_of_row).into()];
            transaction
                .execute(include_str!("rename_first_of_component.sql"), cells)
                .await?;
        }
    }
    Ok(())
}

/// Lets those that changed since ask again, under the model that is in force from now on.
async fn ask_again(
    transaction: &mut Transaction,
    store: &Store,
    run: &RunRow,
    plan: &Plan,
    since: &Since,
) -> Result<Option<Neighbourhood>, RegisterError> {
    if since.asked.is_empty() {
        return Ok(None);
    }
    let (model, asked) = (Arc::clone(&plan.model), since.asked.clone());
    let dividing = gather_under(transaction, store, run.family, model, asked).await?;
    Ok(Some(dividing.join().await??))
}

async fn note(
    transaction: &mut Transaction,
    now: Micros,
    run: &RunRow,
    plan: &Plan,
    customers: usize,
) -> Result<(), RegisterError> {
    let entry = NewEntry {
        actor: run.decided_by.as_deref().unwrap_or(RESOLVER),
        action: "linkage_run.applied",
        subject: format!("linkage_run/{}", run.id),
        detail: json!({
            "family": run.family.code(),
            "model": plan.model.id,
            "merges": plan.summary.figures.merges,
            "splits": plan.summary.figures.splits,
            "moved": plan.summary.figures.moved,
            "customers": customers,
        }),
        root: None,
    };
    audit::append(transaction, now, entry).await?;
    Ok(())
}
