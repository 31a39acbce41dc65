//! Quarantine (待更正, R2.4): rows that cannot become records, sealed with the key of their batch.

use domain::Text;
use storage::{Rows, Transaction};
use vault::{DataKey, Randomness};

use crate::intake::IntakeError;
use crate::protection::KeyError;
use crate::store::allocate;

/// A row about to be held.
#[derive(Debug, Clone)]
pub struct HeldRow {
    /// Its row in the file.
    pub row_number: u64,
    /// The column to blame.
    pub column: Option<String>,
    /// A code that never changes.
    pub code: &'static str,
    /// What a person reads.
    pub reason: Text,
    /// Columns and cells as given.
    pub cells: Vec<(String, String)>,
}

/// Puts rows of a batch into quarantine, in the transaction that notes them as done.
pub async fn quarantine_rows(
    transaction: &mut Transaction,
    key: &DataKey,
    batch: i64,
    held: Vec<HeldRow>,
) -> Result<(), IntakeError> {
    if held.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(held.len()).unwrap_or(i64::MAX);
    let first = allocate(transaction, "quarantine", count).await?;
    let mut randomness = Randomness::new();
    let mut rows = Rows::with_capacity(9, held.len());
    for (id, row) in (first..).zip(held) {
        let row_number = i64::try_from(row.row_number).unwrap_or(i64::MAX);
        let cells = serde_json::to_vec(&row.cells).unwrap_or_default();
        let sealed = vault::seal(key, &bound_to(batch, row_number), &cells, &mut randomness)
            .map_err(KeyError::from)?;
        rows.push([
            id.into(),
            batch.into(),
            row_number.into(),
            row.column.into(),
            row.code.into(),
            row.reason.zh.into(),
            row.reason.en.into(),
            sealed.into(),
            "open".into(),
        ]);
    }
    transaction
        .insert_many(include_str!("insert_quarantine.sql"), rows, "")
        .await?;
    Ok(())
}

/// What the cells of a row are bound to.
pub(super) fn bound_to(batch: i64, row_number: i64) -> [u8; 24] {
    let mut bytes = *b"heldrow\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    bytes[8..16].copy_from_slice(&batch.to_be_bytes());
    bytes[16..].copy_from_slice(&row_number.to_be_bytes());
    bytes
}
