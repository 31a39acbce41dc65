//! An audit entry and its outbox row, written in the transaction that they speak of.

use storage::{StorageError, Transaction};

use crate::clock::Micros;
use crate::store::allocate;

/// What happened. Neither subject nor detail holds personal data: a number, a count, a reason.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// Who did it.
    pub actor: &'a str,
    /// What was done: `customer.merged`, `batch.chunk`, a word that never changes.
    pub action: &'static str,
    /// To what: `customer/000000000018`, `batch/3`.
    pub subject: String,
    /// Counts and reasons, as JSON.
    pub detail: serde_json::Value,
    /// The Merkle root over the commitments of what was written, for a bulk write.
    pub root: Option<[u8; 32]>,
}

/// Appends an entry and tells the outbox. The sequencer numbers it later.
pub async fn append(
    transaction: &mut Transaction,
    recorded_at: Micros,
    entry: NewEntry<'_>,
) -> Result<i64, StorageError> {
    let id = allocate(transaction, "audit_entry", 1).await?;
    let detail = entry.detail.to_string();
    let cells = [
        id.into(),
        recorded_at.into(),
        entry.actor.into(),
        entry.action.into(),
        entry.subject.into(),
        detail.clone().into(),
        entry.root.map(Vec::from).into(),
    ];
    transaction
        .execute(include_str!("insert_audit_entry.sql"), cells)
        .await?;
    let cells = [id.into(), id.into(), entry.action.into(), detail.into()];
    transaction
        .execute(include_str!("insert_outbox.sql"), cells)
        .await?;
    Ok(id)
}
