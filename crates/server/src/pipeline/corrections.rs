//! Corrections in a workbook (批量更正): the open rows of a batch come back corrected, and each is
//! resubmitted.

use std::io::Cursor;

use axum::body::Bytes;
use domain::Text;
use tables::{Chunk, Format, ReadOptions, Reader};

use crate::http::{Problem, StreamedBody, limits};
use crate::intake::{IntakeError, SHEET_COLUMNS, SHEET_ROWS, blocking};
use crate::pipeline::resubmit::{Resubmitted, resubmit_row};
use crate::register::tallies;
use crate::store::Store;

/// What became of a workbook of corrections.
#[derive(Debug, Default)]
pub struct Corrected {
    /// Rows of the workbook.
    pub rows: i64,
    /// Rows that are records now.
    pub accepted: i64,
    /// Rows that still are not.
    pub quarantined: i64,
    /// Customers in the register, afterwards.
    pub customers: i64,
    /// Why not.
    pub still: Vec<StillRefused>,
}

/// A row that still cannot become a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StillRefused {
    /// Its number as the workbook gives it.
    pub id: String,
    /// Its row in the workbook.
    pub row: i64,
    /// Why.
    pub reason: Text,
}

/// Reads a workbook that arrives, up to the limit of its route.
pub async fn gather_sheet(mut body: StreamedBody) -> Result<Vec<u8>, Problem> {
    let mut sheet = Vec::new();
    while let Some(piece) = body.next_chunk().await? {
        let piece: Bytes = piece;
        if sheet.len() + piece.len() > limits::SHEET_BYTES {
            return Err(limits::too_large());
        }
        sheet.extend_from_slice(&piece);
    }
    Ok(sheet)
}

/// Resubmits every row of a workbook, each in a transaction of its own. Sending the same workbook
/// again is safe: what became a record stays that record.
pub async fn resubmit_sheet(
    store: &Store,
    actor: &str,
    sheet: Vec<u8>,
) -> Result<Corrected, IntakeError> {
    let (header, chunk) = blocking(move || read_sheet(sheet)).await?;
    let mut corrected = Corrected::default();
    for (row, number) in chunk.row_numbers.iter().enumerate() {
        corrected.rows += 1;
        let cell = |column: usize| chunk.columns[column].get(row).unwrap_or_default();
        let id = place_of(&header, SHEET_COLUMNS[0]).map_or("", cell).trim();
        let columns = header.iter().enumerate();
        let cells: Vec<(String, String)> = columns
            .filter(|(_, name)| !SHEET_COLUMNS.contains(&name.as_str()))
            .map(|(place, name)| (name.clone(), cell(place).to_owned()))
            .collect();
        match resubmit_one(store, actor, id, &cells).await? {
            None => corrected.accepted += 1,
            Some(reason) => {
                corrected.quarantined += 1;
                corrected.still.push(StillRefused {
                    id: id.to_owned(),
                    row: i64::try_from(*number).unwrap_or(i64::MAX),
                    reason,
                });
            }
        }
    }
    // Rows that are no rows of the workbook, such as those with an error in a cell.
    for rejected in &chunk.rejected {
        corrected.rows += 1;
        corrected.quarantined += 1;
        corrected.still.push(StillRefused {
            id: rejected.cells.first().cloned().unwrap_or_default(),
            row: i64::try_from(rejected.row_number).unwrap_or(i64::MAX),
            reason: Text::new(rejected.reason.zh(), rejected.reason.to_string()),
        });
    }
    let mut transaction = store.database.read().await?;
    let tallies = tallies(&mut transaction).await?;
    corrected.customers = tallies.get("customers").copied().unwrap_or_default();
    Ok(corrected)
}

/// Resubmits one row; gives why it still cannot become a record.
async fn resubmit_one(
    store: &Store,
    actor: &str,
    id: &str,
    cells: &[(String, String)],
) -> Result<Option<Text>, IntakeError> {
    let Ok(id) = id.parse() else {
        let zh = "_id 列应为待更正记录的编号，请勿修改";
        let en = "the column _id holds the number of the row; leave it as it was";
        return Ok(Some(Text::new(zh, en)));
    };
    match resubmit_row(store, actor, id, cells).await {
        Ok(Resubmitted::Accepted { .. }) => Ok(None),
        Ok(Resubmitted::Quarantined { reason, .. }) => Ok(Some(reason)),
        Err(error @ IntakeError::UnknownRow(_)) => {
            Ok(Some(Text::new("没有这条待更正记录", error.to_string())))
        }
        Err(error @ IntakeError::UnknownColumn(_)) => {
            Ok(Some(Text::new("这一行没有其中一列", error.to_string())))
        }
        Err(error @ IntakeError::State(_)) => {
            Ok(Some(Text::new("已作废或批次已撤回", error.to_string())))
        }
        Err(error) => Err(error),
    }
}

fn place_of(header: &[String], name: &str) -> Option<usize> {
    header.iter().position(|column| column == name)
}

fn read_sheet(sheet: Vec<u8>) -> Result<(Vec<String>, Chunk), IntakeError> {
    let length = sheet.len() as u64;
    let options = ReadOptions {
        format: Some(Format::Xlsx),
        limits: tables::Limits {
            rows: SHEET_ROWS as u64,
            file_bytes: limits::SHEET_BYTES as u64,
            xlsx_uncompressed_bytes: 512 << 20,
            chunk_bytes: 256 << 20,
            ..tables::Limits::default()
        },
        ..ReadOptions::default()
    };
    let name = "corrections.xlsx";
    let mut reader: Reader = tables::open_source(Cursor::new(sheet), name, length, &options)?;
    let header = reader.header().to_vec();
    if place_of(&header, SHEET_COLUMNS[0]).is_none() {
        return Err(IntakeError::UnknownColumn(SHEET_COLUMNS[0].to_owned()));
    }
    let chunk = reader.next_chunk(SHEET_ROWS + 1)?;
    let chunk = chunk.unwrap_or_else(|| Chunk::new(header.len()));
    Ok((header, chunk))
}
