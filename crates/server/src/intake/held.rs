//! Rows in quarantine as somebody sees them who corrects them, on a page or in a workbook.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use domain::register::Catalogue;
use storage::Transaction;
use tables::{Format, WriteOptions, Writer};

use crate::http::Page;
use crate::intake::show::source_codes;
use crate::intake::{
    Batch, IntakeError, QuarantineFilter, QuarantineState, QuarantinedRow, blocking, discard_row,
    find_batch, list_rows, note_read, read_mapping,
};
use crate::protection::{Disclosure, Purpose, Shown};
use crate::store::Store;

/// The type of a workbook in HTTP.
pub const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Rows of one workbook of corrections; whoever has more corrects these first.
pub const SHEET_ROWS: usize = 10_000;
/// The columns of such a workbook that say what row it is and what is wrong.
pub const SHEET_COLUMNS: [&str; 4] = ["_id", "_row", "_code", "_reason"];

/// Text of one workbook of corrections, beyond which no more rows are put into it.
const SHEET_BYTES: usize = 32 << 20;
const PAGE_ROWS: i64 = 500;

/// A row and what stands around it.
#[derive(Debug)]
pub struct ShownRow {
    /// The row itself.
    pub row: QuarantinedRow,
    /// The code of its source.
    pub source: String,
    /// The file that brought it.
    pub file_name: String,
    /// Its cells as given.
    pub cells: Vec<ShownCell>,
}

/// A cell as given.
#[derive(Debug)]
pub struct ShownCell {
    /// The header of its column.
    pub column: String,
    /// What it says.
    pub value: Shown,
    /// What the mapping of the batch takes it for.
    pub attribute: Option<String>,
}

/// A page of rows; that somebody read them is written down before they are shown.
pub async fn show_rows(
    store: &Store,
    actor: &str,
    filter: QuarantineFilter,
    after: Option<i64>,
    limit: i64,
) -> Result<Page<ShownRow>, IntakeError> {
    let mut transaction = store.database.read().await?;
    let after = after.unwrap_or_default();
    let (rows, count) = list_rows(&mut transaction, &store.keys, filter, after, limit + 1).await?;
    let page = Page::of(rows, limit, count, |last| match filter.batch {
        Some(_) => last.row_number,
        None => last.id,
    });
    let around = Around::of(&mut transaction, &page.items).await?;
    drop(transaction);
    note_read(store, actor, &page.items).await?;
    Ok(page.map(|row| around.show(&store.catalogue, row)))
}

/// Decides that a row is not needed, and shows it.
pub async fn discard(
    store: &Store,
    actor: &str,
    id: i64,
    reason: &str,
) -> Result<ShownRow, IntakeError> {
    let row = discard_row(store, actor, id, reason).await?;
    let mut transaction = store.database.read().await?;
    let rows = [row];
    let around = Around::of(&mut transaction, &rows).await?;
    note_read(store, actor, &rows).await?;
    let [row] = rows;
    Ok(around.show(&store.catalogue, row))
}

/// The batches and the sources of some rows.
struct Around {
    batches: HashMap<i64, Batch>,
    codes: HashMap<i64, String>,
}

impl Around {
    async fn of(
        transaction: &mut Transaction,
        rows: &[QuarantinedRow],
    ) -> Result<Self, IntakeError> {
        let mut batches = HashMap::new();
        for row in rows {
            if let Entry::Vacant(place) = batches.entry(row.batch) {
                let found = find_batch(transaction, row.batch).await?;
                place.insert(found.ok_or(IntakeError::UnknownBatch(row.batch))?);
            }
        }
        let codes = source_codes(transaction).await?;
        Ok(Self { batches, codes })
    }

    fn show(&self, catalogue: &Catalogue, mut row: QuarantinedRow) -> ShownRow {
        let batch = self.batches.get(&row.batch);
        let cells = std::mem::take(&mut row.cells);
        let header: Vec<String> = cells.iter().map(|(column, _)| column.clone()).collect();
        let attributes = attributes(catalogue, batch, &header);
        let code = batch.and_then(|batch| self.codes.get(&batch.begun.source));
        ShownRow {
            source: code.cloned().unwrap_or_default(),
            file_name: batch.map_or_else(String::new, |batch| batch.begun.file_name.clone()),
            cells: cells
                .into_iter()
                .zip(attributes)
                .map(|((column, value), attribute)| ShownCell {
                    column,
                    value: Disclosure::in_full(&value, Purpose::Correction),
                    attribute,
                })
                .collect(),
            row,
        }
    }
}

/// What the mapping of a batch takes each column for.
fn attributes(
    catalogue: &Catalogue,
    batch: Option<&Batch>,
    header: &[String],
) -> Vec<Option<String>> {
    let mapping = batch.and_then(|batch| read_mapping(&batch.begun.mapping).ok());
    let resolved = mapping.and_then(|mapping| mapping.resolve(catalogue, header).ok());
    let Some(resolved) = resolved else {
        return vec![None; header.len()];
    };
    let name = |target: &domain::intake::Target| match target {
        domain::intake::Target::Attribute(field) => catalogue
            .attribute(*field)
            .map(|attribute| attribute.name.clone()),
        domain::intake::Target::Unknown => None,
    };
    resolved.targets.iter().map(name).collect()
}

/// The open rows of a batch as a workbook, the first [`SHEET_ROWS`] of them.
pub async fn open_rows_sheet(
    store: &Store,
    actor: &str,
    batch: i64,
) -> Result<Vec<u8>, IntakeError> {
    let mut transaction = store.database.read().await?;
    let found = find_batch(&mut transaction, batch).await?;
    found.ok_or(IntakeError::UnknownBatch(batch))?;
    let filter = QuarantineFilter {
        batch: Some(batch),
        state: Some(QuarantineState::Open),
    };
    let mut rows: Vec<QuarantinedRow> = Vec::new();
    let mut bytes = 0;
    while rows.len() < SHEET_ROWS && bytes < SHEET_BYTES {
        let after = rows.last().map_or(0, |row| row.row_number);
        let (page, _) = list_rows(&mut transaction, &store.keys, filter, after, PAGE_ROWS).await?;
        let is_last = page.is_empty();
        let cells = page.iter().flat_map(|row| &row.cells);
        bytes += cells.map(|(_, value)| value.len()).sum::<usize>();
        rows.extend(page);
        if is_last {
            break;
        }
    }
    drop(transaction);
    rows.truncate(SHEET_ROWS);
    note_read(store, actor, &rows).await?;
    blocking(move || write_sheet(&rows)).await
}

/// Rows of one file may have more cells than its header names, so columns are gathered from all.
fn write_sheet(rows: &[QuarantinedRow]) -> Result<Vec<u8>, IntakeError> {
    let mut columns: Vec<&str> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (column, _) in rows.iter().flat_map(|row| &row.cells) {
        places.entry(column).or_insert_with(|| {
            columns.push(column);
            columns.len() - 1
        });
    }
    let header: Vec<&str> = SHEET_COLUMNS.into_iter().chain(columns).collect();
    let options = WriteOptions {
        for_spreadsheet: true,
        ..WriteOptions::default()
    };
    let bytes = Gathered::default();
    let name = "quarantine.xlsx";
    let mut writer = Writer::to(bytes.clone(), name, Format::Xlsx, &header, options)?;
    for row in rows {
        let (id, number) = (row.id.to_string(), row.row_number.to_string());
        let reason = format!("{}（{}）", row.reason.zh, row.reason.en);
        let mut cells: Vec<Option<&str>> = vec![None; header.len()];
        cells[..4].copy_from_slice(&[Some(&id), Some(&number), Some(&row.code), Some(&reason)]);
        for (column, value) in &row.cells {
            if !value.is_empty() {
                cells[SHEET_COLUMNS.len() + places[column.as_str()]] = Some(value);
            }
        }
        writer.write_row(&cells)?;
    }
    writer.finish()?;
    Ok(bytes.take())
}

/// Bytes that a writer keeps to itself until it ends.
#[derive(Debug, Clone, Default)]
struct Gathered(Arc<Mutex<Vec<u8>>>);

impl Gathered {
    fn take(&self) -> Vec<u8> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut bytes)
    }
}

impl Write for Gathered {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
