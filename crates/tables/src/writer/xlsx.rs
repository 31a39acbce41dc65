//! XLSX: one sheet of text cells, written row by row through a temporary file.
//!
//! Everything is text, so that an ID number keeps its last digits and nothing is a formula.

use rust_xlsxwriter::{Format as CellFormat, Workbook, XlsxError};

use super::{Destination, RowSink};
use crate::error::TableProblem;
use crate::place::Place;

/// Rows of a sheet, the header among them.
const SHEET_ROWS: u32 = 1_048_576;
/// UTF-16 units of a cell.
const CELL_UNITS: usize = 32_767;

pub(crate) struct XlsxSink {
    destination: Destination,
    workbook: Workbook,
    text: CellFormat,
    next_row: u32,
}

impl XlsxSink {
    pub(crate) fn open(destination: Destination, header: &[&str]) -> Result<Self, TableProblem> {
        let mut workbook = Workbook::new();
        workbook
            .add_worksheet_with_constant_memory()
            .map_err(failed)?;
        let mut sink = Self {
            destination,
            workbook,
            text: CellFormat::new().set_num_format("@"),
            next_row: 0,
        };
        let names: Vec<Option<&str>> = header.iter().map(|name| Some(*name)).collect();
        sink.write_row(&names)?;
        Ok(sink)
    }
}

impl RowSink for XlsxSink {
    fn write_row(&mut self, cells: &[Option<&str>]) -> Result<(), TableProblem> {
        if self.next_row >= SHEET_ROWS {
            return Err(TableProblem::TooMany {
                what: "rows",
                found: u64::from(self.next_row),
                allowed: u64::from(SHEET_ROWS) - 1,
            });
        }
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        for (column, cell) in cells.iter().enumerate() {
            let Some(text) = cell.filter(|text| !text.is_empty()) else {
                continue;
            };
            if text.encode_utf16().count() > CELL_UNITS {
                return Err(TableProblem::TooLarge {
                    place: Place::Row(self.next_row.into(), Some((column + 1).to_string())),
                    what: "a cell",
                    allowed: CELL_UNITS as u64,
                    hint: ", which is all that a sheet holds",
                });
            }
            let column = u16::try_from(column).map_err(std::io::Error::other)?;
            sheet
                .write_string_with_format(self.next_row, column, text, &self.text)
                .map_err(failed)?;
        }
        self.next_row += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableProblem> {
        self.workbook
            .save_to_writer(&mut self.destination)
            .map_err(failed)?;
        Ok(self.destination.flush()?)
    }
}

fn failed(error: XlsxError) -> TableProblem {
    TableProblem::Io(match error {
        XlsxError::IoError(error) => error,
        other => std::io::Error::other(other.to_string()),
    })
}
