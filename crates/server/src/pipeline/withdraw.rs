//! Taking a batch back as a whole (R2.10): its records are retired, its customers folded anew.
//!
//! It runs like an import, a bounded part of the records in each transaction, and says in the same
//! transaction how far it is: a crash half-way leaves a batch that any server goes on with.

use serde_json::json;
use storage::Transaction;

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::intake::{
    Batch, BatchState, IntakeError, Withdrawal, begin_withdrawal, find_batch, hold_batch,
    mark_withdrawn, progress_withdrawal,
};
use crate::pipeline::jobs::Imports;
use crate::register::{check_reason, retire_batch};
use crate::store::Store;

/// Ids of one transaction: about 25 ms of work.
const RECORDS_AT_ONCE: i64 = 250;

/// Begins to withdraw a batch. Withdrawing what was withdrawn, or is being, changes nothing.
pub async fn begin(
    store: &Store,
    imports: &Imports,
    actor: &str,
    id: i64,
    reason: &str,
) -> Result<(), IntakeError> {
    let reason = check_reason(reason)?;
    let (mut transaction, recorded_at) = store.write().await?;
    let found = find_batch(&mut transaction, id).await?;
    let batch = found.ok_or(IntakeError::UnknownBatch(id))?;
    if matches!(batch.state, BatchState::Withdrawing | BatchState::Withdrawn) {
        return Ok(());
    }
    check_state(&batch)?;
    begin_withdrawal(&mut transaction, recorded_at, actor, &batch, reason).await?;
    hold_batch(&mut transaction, store, recorded_at, id).await?;
    transaction.commit().await?;
    imports.enqueue(store.clone(), id);
    Ok(())
}

/// Withdraws what is left of a batch that is being withdrawn.
pub async fn withdraw(store: &Store, id: i64) -> Result<(), IntakeError> {
    loop {
        let (mut transaction, recorded_at) = store.write().await?;
        let found = find_batch(&mut transaction, id).await?;
        let mut batch = found.ok_or(IntakeError::UnknownBatch(id))?;
        let withdrawal = batch.withdrawal.clone();
        let Some(withdrawal) = withdrawal.filter(|_| batch.state == BatchState::Withdrawing) else {
            return Ok(());
        };
        let Some((first, last)) = left(&batch, &withdrawal) else {
            mark_withdrawn(&mut transaction, recorded_at, &mut batch, &withdrawal).await?;
            return Ok(transaction.commit().await?);
        };
        let last = last.min(first + RECORDS_AT_ONCE - 1);
        let some = (first, last);
        let retired = retire_batch(&mut transaction, store, recorded_at, id, some).await?;
        if retired > 0 {
            let actor = &withdrawal.actor;
            note(&mut transaction, recorded_at, actor, id, some, retired).await?;
        }
        progress_withdrawal(&mut transaction, id, retired, last).await?;
        transaction.commit().await?;
    }
}

/// The ids between which records may still have to be retired.
fn left(batch: &Batch, withdrawal: &Withdrawal) -> Option<(i64, i64)> {
    let (first, last) = batch.records?;
    let first = first.max(withdrawal.through + 1);
    (first <= last).then_some((first, last))
}

fn check_state(batch: &Batch) -> Result<(), IntakeError> {
    let refuse = |zh: &str, en: &str| Err(IntakeError::state(zh, en));
    if batch.begun.dry_run {
        return refuse(
            "试运行未写入任何数据，无可撤回",
            "a dry run wrote nothing that could be withdrawn",
        );
    }
    if batch.state == BatchState::Running {
        return refuse(
            "批次正在运行，请等待其结束",
            "the batch is running; wait until it ends",
        );
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
