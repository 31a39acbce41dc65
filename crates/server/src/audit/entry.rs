//! An audit entry and its outbox row, written in the transaction that they speak of.

use storage::{Rows, StorageError, Transaction};

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
    append_each(transaction, recorded_at, vec![entry]).await
}

/// Appends entries with consecutive ids, and gives the first.
pub async fn append_each(
    transaction: &mut Transaction,
    recorded_at: Micros,
    entries: Vec<NewEntry<'_>>,
) -> Result<i64, StorageError> {
    if entries.is_empty() {
        return Ok(0);
    }
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let first = allocate(transaction, "audit_entry", count).await?;
    let mut rows = Rows::with_capacity(7, entries.len());
    let mut told = Rows::with_capacity(4, entries.len());
    for (id, entry) in (first..).zip(entries) {
        let detail = entry.detail.to_string();
        told.push([
            id.into(),
            id.into(),
            entry.action.into(),
            detail.clone().into(),
        ]);
        rows.push([
            id.into(),
            recorded_at.into(),
            entry.actor.into(),
            entry.action.into(),
            entry.subject.into(),
            detail.into(),
            entry.root.map(Vec::from).into(),
        ]);
    }
    transaction
        .insert_many(include_str!("insert_audit_entry.sql"), rows, "")
        .await?;
    transaction
        .insert_many(include_str!("insert_outbox.sql"), told, "")
        .await?;
    Ok(first)
}
