//! Withdrawal (批次撤回, R2.10): a batch is taken back as a whole, a part of its records at a time.

use serde_json::json;
use storage::{Row, StorageError, Transaction};

use crate::clock::Micros;
use crate::intake::batch::note;
use crate::intake::{Batch, BatchState, IntakeError};

/// Who takes a batch back, why, and how far that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Who.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// Records that were retired so far.
    pub records: i64,
    /// The last record that was looked at.
    pub through: i64,
}

/// Notes that a batch is being withdrawn, by whom and why.
pub async fn begin_withdrawal(
    transaction: &mut Transaction,
    recorded_at: Micros,
    actor: &str,
    batch: &Batch,
    reason: &str,
) -> Result<(), StorageError> {
    let cells = [batch.id.into(), actor.into(), reason.into()];
    transaction
        .execute(include_str!("begin_withdrawal.sql"), cells)
        .await?;
    let detail = json!({ "reason": reason });
    let action = "batch.withdrawing";
    note(transaction, recorded_at, actor, action, batch.id, detail).await
}

/// Notes in the transaction that retired them how many records were retired, and up to which one.
pub async fn progress_withdrawal(
    transaction: &mut Transaction,
    batch: i64,
    retired: u64,
    through: i64,
) -> Result<(), StorageError> {
    let retired = i64::try_from(retired).unwrap_or(i64::MAX);
    let cells = [batch.into(), retired.into(), through.into()];
    transaction
        .execute(include_str!("progress_withdrawal.sql"), cells)
        .await?;
    Ok(())
}

/// Notes that a batch was withdrawn, once its records are retired.
pub async fn mark_withdrawn(
    transaction: &mut Transaction,
    withdrawn_at: Micros,
    batch: &mut Batch,
    withdrawal: &Withdrawal,
) -> Result<(), IntakeError> {
    batch.state = BatchState::Withdrawn;
    batch.withdrawn_at = Some(withdrawn_at);
    let cells = [batch.id.into(), withdrawn_at.into()];
    transaction
        .execute(include_str!("withdraw_batch.sql"), cells)
        .await?;
    let detail = json!({ "reason": withdrawal.reason, "records": withdrawal.records });
    let (actor, action) = (&withdrawal.actor, "batch.withdrawn");
    Ok(note(transaction, withdrawn_at, actor, action, batch.id, detail).await?)
}

pub(super) fn into_withdrawal(row: &Row) -> Result<Option<Withdrawal>, StorageError> {
    let (Some(actor), Some(reason)) = (row.optional_text(27)?, row.optional_text(28)?) else {
        return Ok(None);
    };
    Ok(Some(Withdrawal {
        actor,
        reason,
        records: row.integer(29)?,
        through: row.optional_integer(30)?.unwrap_or_default(),
    }))
}
