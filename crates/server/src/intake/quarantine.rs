//! Quarantine (待更正, R2.4): rows that cannot become records, sealed with the key of their batch.

use std::collections::HashMap;
use std::fmt;

use domain::Text;
use serde::{Deserialize, Serialize};
use storage::{Row, Rows, StorageError, Transaction};
use utoipa::ToSchema;
use vault::{DataKey, Randomness};

use crate::http::Count;
use crate::intake::IntakeError;
use crate::protection::{KeyError, KeyScope, Keys};
use crate::store::allocate;

/// What became of a row in quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineState {
    /// Somebody should correct it.
    Open,
    /// It was corrected and is a record now.
    Resubmitted,
    /// Somebody decided that it is not needed, and said why.
    Discarded,
}

impl QuarantineState {
    /// The word in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resubmitted => "resubmitted",
            Self::Discarded => "discarded",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "resubmitted" => Self::Resubmitted,
            "discarded" => Self::Discarded,
            _ => Self::Open,
        }
    }
}

/// A row about to be held.
#[derive(Clone)]
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

/// Cells are personal data and stay out of the log.
impl fmt::Debug for HeldRow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "HeldRow({}, {})", self.row_number, self.code)
    }
}

/// A row in quarantine as it stands.
#[derive(Clone)]
pub struct QuarantinedRow {
    /// Its number.
    pub id: i64,
    /// The batch that brought it.
    pub batch: i64,
    /// Its row in the file.
    pub row_number: i64,
    /// The column to blame.
    pub column: Option<String>,
    /// A code that never changes.
    pub code: String,
    /// What a person reads.
    pub reason: Text,
    /// Columns and cells as given, or as corrected last; none after the key was destroyed.
    pub cells: Vec<(String, String)>,
    /// What became of it.
    pub state: QuarantineState,
    /// The record that it became.
    pub record: Option<i64>,
}

impl fmt::Debug for QuarantinedRow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "QuarantinedRow({}, {})", self.id, self.code)
    }
}

/// Which rows are wanted.
#[derive(Debug, Clone, Copy)]
pub struct QuarantineFilter {
    /// Only of this batch.
    pub batch: Option<i64>,
    /// Only in this state.
    pub state: Option<QuarantineState>,
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
        let sealed = seal_cells(key, (batch, row_number), &row.cells, &mut randomness)?;
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

fn seal_cells(
    key: &DataKey,
    (batch, row_number): (i64, i64),
    cells: &[(String, String)],
    randomness: &mut Randomness,
) -> Result<Vec<u8>, KeyError> {
    let plain = serde_json::to_vec(cells).unwrap_or_default();
    Ok(vault::seal(
        key,
        &bound_to(batch, row_number),
        &plain,
        randomness,
    )?)
}

/// The row with a number.
pub async fn find_row(
    transaction: &mut Transaction,
    keys: &Keys,
    id: i64,
) -> Result<QuarantinedRow, IntakeError> {
    let rows = transaction
        .fetch_all(include_str!("find_quarantine.sql"), [id.into()])
        .await?;
    let found = open_rows(keys, &rows).await?.into_iter().next();
    found.ok_or(IntakeError::UnknownRow(id))
}

/// Up to `limit` rows after the place where the page before ended, and how many there are. The
/// place is the row number within a batch, and the number of the row otherwise.
pub async fn list_rows(
    transaction: &mut Transaction,
    keys: &Keys,
    filter: QuarantineFilter,
    after: i64,
    limit: i64,
) -> Result<(Vec<QuarantinedRow>, Count), IntakeError> {
    let state = filter.state.map(QuarantineState::name);
    let (rows, count) = if let Some(batch) = filter.batch {
        let cells = [batch.into(), after.into(), state.into(), limit.into()];
        let count = [batch.into(), state.into()];
        (
            transaction
                .fetch_all(include_str!("list_quarantine_of_batch.sql"), cells)
                .await?,
            transaction
                .fetch_one(include_str!("count_quarantine_of_batch.sql"), count)
                .await?,
        )
    } else {
        // Across batches somebody looks for what is left to do.
        let state = state.unwrap_or(QuarantineState::Open.name());
        let cells = [state.into(), after.into(), limit.into()];
        (
            transaction
                .fetch_all(include_str!("list_quarantine.sql"), cells)
                .await?,
            transaction
                .fetch_one(include_str!("count_quarantine.sql"), [state.into()])
                .await?,
        )
    };
    Ok((
        open_rows(keys, &rows).await?,
        Count::up_to(count.integer(0)?),
    ))
}

/// Keeps what was corrected and why it still cannot become a record.
pub async fn refuse_again(
    transaction: &mut Transaction,
    key: &DataKey,
    row: &QuarantinedRow,
    held: HeldRow,
) -> Result<(), IntakeError> {
    let mut randomness = Randomness::new();
    let sealed = seal_cells(
        key,
        (row.batch, row.row_number),
        &held.cells,
        &mut randomness,
    )?;
    let cells = [
        row.id.into(),
        held.column.into(),
        held.code.into(),
        held.reason.zh.into(),
        held.reason.en.into(),
        sealed.into(),
    ];
    transaction
        .execute(include_str!("refuse_again.sql"), cells)
        .await?;
    Ok(())
}

async fn open_rows(keys: &Keys, rows: &[Row]) -> Result<Vec<QuarantinedRow>, IntakeError> {
    let mut batches = rows
        .iter()
        .map(|row| row.integer(1))
        .collect::<Result<Vec<_>, _>>()?;
    batches.sort_unstable();
    batches.dedup();
    let keys = keys.load(KeyScope::Batch, &batches).await?;
    rows.iter().map(|row| open_row(&keys, row)).collect()
}

fn open_row(keys: &HashMap<i64, DataKey>, row: &Row) -> Result<QuarantinedRow, IntakeError> {
    let mut held = into_row(row)?;
    if let Some(key) = keys.get(&held.batch) {
        let bound = bound_to(held.batch, held.row_number);
        let plain = vault::open(key, &bound, &row.bytes(7)?).map_err(|source| KeyError::Open {
            what: "row in quarantine",
            id: held.id,
            source,
        })?;
        held.cells = serde_json::from_slice(&plain).map_err(|_| {
            IntakeError::state(
                format!("待更正记录 {} 无法读取", held.id),
                format!("row {} cannot be read", held.id),
            )
        })?;
    }
    Ok(held)
}

fn into_row(row: &Row) -> Result<QuarantinedRow, StorageError> {
    Ok(QuarantinedRow {
        id: row.integer(0)?,
        batch: row.integer(1)?,
        row_number: row.integer(2)?,
        column: row.optional_text(3)?,
        code: row.text(4)?,
        reason: Text::new(row.text(5)?, row.text(6)?),
        cells: Vec::new(),
        state: QuarantineState::from_name(&row.text(8)?),
        record: row.optional_integer(9)?,
    })
}

/// What the cells of a row are bound to.
pub(super) fn bound_to(batch: i64, row_number: i64) -> [u8; 24] {
    let mut bytes = *b"heldrow\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    bytes[8..16].copy_from_slice(&batch.to_be_bytes());
    bytes[16..].copy_from_slice(&row_number.to_be_bytes());
    bytes
}
