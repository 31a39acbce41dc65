//! Taking a batch back as a whole (R2.10): its records are retired, its customers folded anew.

use serde_json::json;
use storage::Transaction;

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::intake::{Batch, BatchState, IntakeError, check_reason, find_batch, mark_withdrawn};
use crate::register::retire_batch;
use crate::store::Store;

/// Ids of one transaction: about 25 ms of work.
const RECORDS_AT_ONCE: i64 = 250;

/// Withdraws a batch. A crash half-way leaves a batch that is not withdrawn yet; withdrawing it
/// again goes on, and withdrawing what was withdrawn changes nothing.
pub async fn withdraw_batch(
    store: &Store,
    actor: &str,
    id: i64,
    reason: &str,
) -> Result<(), IntakeError> {
    let reason = check_reason(reason)?;
    let mut done = 0;
    loop {
        let (mut transaction, recorded_at) = store.write().await?;
        // Read again each time: a corrected row may have become a record meanwhile.
        let found = find_batch(&mut transaction, id).await?;
        let mut batch = found.ok_or(IntakeError::UnknownBatch(id))?;
        if batch.state == BatchState::Withdrawn {
            return Ok(());
        }
        check_state(&batch)?;
        let left = batch
            .records
            .map(|(first, last)| (first.max(done + 1), last))
            .filter(|(first, last)| first <= last);
        let Some((first, last)) = left else {
            mark_withdrawn(&mut transaction, recorded_at, actor, &mut batch, reason).await?;
            return Ok(transaction.commit().await?);
        };
        let last = last.min(first + RECORDS_AT_ONCE - 1);
        let some = (first, last);
        let retired = retire_batch(&mut transaction, store, recorded_at, id, some).await?;
        if retired > 0 {
            note(&mut transaction, recorded_at, actor, id, some, retired).await?;
        }
        transaction.commit().await?;
        done = last;
    }
}

fn check_state(batch: &Batch) -> Result<(), IntakeError> {
    let refuse = |why: &str| Err(IntakeError::State(why.to_owned()));
    if batch.begun.dry_run {
        return refuse("a dry run wrote nothing that could be withdrawn");
    }
    if batch.state == BatchState::Running {
        return refuse("the batch is running; wait until it ends");
    }
    Ok(())
}

async fn note(
    transaction: &mut Transaction,
    recorded_at: Micros,
    actor: &str,
    batch: i64,
    (first, last): (i64, i64),
    retired: u64,
) -> Result<(), IntakeError> {
    let entry = NewEntry {
        actor,
        action: "records.retired",
        subject: format!("batch/{batch}"),
        detail: json!({ "first_record": first, "last_record": last, "records": retired }),
        root: None,
    };
    audit::append(transaction, recorded_at, entry).await?;
    Ok(())
}
