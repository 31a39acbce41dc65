//! Withdrawal (批次撤回, R2.10): a batch is taken back as a whole.

use serde_json::json;
use storage::Transaction;

use crate::clock::Micros;
use crate::intake::batch::note;
use crate::intake::{Batch, BatchState, IntakeError};

/// Notes that a batch was withdrawn, once its records are retired.
pub async fn mark_withdrawn(
    transaction: &mut Transaction,
    withdrawn_at: Micros,
    actor: &str,
    batch: &mut Batch,
    reason: &str,
) -> Result<(), IntakeError> {
    batch.state = BatchState::Withdrawn;
    batch.withdrawn_at = Some(withdrawn_at);
    let cells = [
        batch.id.into(),
        withdrawn_at.into(),
        actor.into(),
        reason.into(),
    ];
    transaction
        .execute(include_str!("withdraw_batch.sql"), cells)
        .await?;
    let detail = json!({ "reason": reason });
    let action = "batch.withdrawn";
    Ok(note(transaction, withdrawn_at, actor, action, batch.id, detail).await?)
}
