//! The cells of one sheet as rows of a table.

use std::io::{Read, Seek};

use calamine::XlsxCellReader;

use super::Answer;
use super::value::{Misread, cell_name, text_of};
use crate::chunk::{Chunk, RejectedRow, RowProblem};
use crate::detect::Format;
use crate::error::TableProblem;
use crate::header;
use crate::limits::Limits;
use crate::place::Place;
use crate::reader::{HeaderMode, ReadOptions};

/// One row of the sheet: what its cells say, by ascending column, without the empty ones.
#[derive(Default)]
struct SheetRow {
    /// 0-based.
    index: u32,
    cells: Vec<(usize, String)>,
    /// The first cell that cannot be text, and its column.
    problem: Option<(usize, RowProblem)>,
    bytes: usize,
}

impl SheetRow {
    fn is_blank(&self) -> bool {
        self.cells.is_empty() && self.problem.is_none()
    }
}

pub(crate) struct SheetRows<'a, RS: Read + Seek> {
    cells: XlsxCellReader<'a, RS>,
    sheet: String,
    limits: Limits,
    header: Vec<String>,
    /// The first cell of the row after the one being gathered.
    ahead: Option<(u32, u32, Result<Option<String>, Misread>)>,
    /// The first row of a sheet without a header was read to count its columns.
    waiting: Option<SheetRow>,
    row_number: u64,
    last_row: Option<u32>,
    ended: bool,
}

impl<'a, RS: Read + Seek> SheetRows<'a, RS> {
    pub(crate) fn open(
        cells: XlsxCellReader<'a, RS>,
        sheet: &str,
        options: &ReadOptions,
    ) -> Result<Self, TableProblem> {
        let mut rows = Self {
            cells,
            sheet: sheet.to_owned(),
            limits: options.limits.clone(),
            header: Vec::new(),
            ahead: None,
            waiting: None,
            row_number: 0,
            last_row: None,
            ended: false,
        };
        let first = rows.next_row()?.ok_or(TableProblem::Empty)?;
        let columns = first.cells.last().map_or(0, |(column, _)| column + 1);
        header::within_columns(columns, &rows.limits)?;
        if let Some((_, problem)) = &first.problem {
            return Err(rows.damaged(&format!("header: {problem}")));
        }
        rows.header = match options.header {
            HeaderMode::FirstRow => header::named(dense(first.cells, columns), &rows.limits)?,
            HeaderMode::None => {
                rows.waiting = Some(first);
                header::unnamed(columns, &rows.limits)?
            }
        };
        Ok(rows)
    }

    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    pub(crate) fn next_chunk(&mut self, max_rows: usize) -> Answer {
        let mut chunk = Chunk::new(self.header.len());
        let mut bytes = 0;
        while chunk.rows_covered() < max_rows && bytes < self.limits.chunk_bytes {
            let Some(row) = self.next_row()? else {
                break;
            };
            self.row_number += 1;
            bytes += row.bytes;
            match self.misfit(&row) {
                Some((column, reason)) => {
                    chunk.rejected.push(self.rejected(row, column, reason));
                }
                None => self.append(&mut chunk, &row),
            }
        }
        Ok((chunk.rows_covered() > 0).then_some(chunk))
    }

    /// The next row that has a cell which is not empty.
    fn next_row(&mut self) -> Result<Option<SheetRow>, TableProblem> {
        if let Some(row) = self.waiting.take() {
            return Ok(Some(row));
        }
        loop {
            match self.gather()? {
                Some(row) if row.is_blank() => {}
                row => return Ok(row),
            }
        }
    }

    fn gather(&mut self) -> Result<Option<SheetRow>, TableProblem> {
        if self.ahead.is_none() {
            self.ahead = self.next_cell()?;
        }
        let Some((index, column, text)) = self.ahead.take() else {
            return Ok(None);
        };
        if self.last_row.is_some_and(|last| index <= last) {
            return Err(self.damaged(&format!("row {} is out of order", u64::from(index) + 1)));
        }
        self.last_row = Some(index);
        let mut row = SheetRow {
            index,
            ..SheetRow::default()
        };
        self.keep(&mut row, column, text)?;
        while let Some((next, column, text)) = self.next_cell()? {
            if next != index {
                self.ahead = Some((next, column, text));
                break;
            }
            self.keep(&mut row, column, text)?;
        }
        Ok(Some(row))
    }

    fn keep(
        &self,
        row: &mut SheetRow,
        column: u32,
        text: Result<Option<String>, Misread>,
    ) -> Result<(), TableProblem> {
        let name = || cell_name(row.index, column);
        let index = column as usize;
        let too_large = |what, allowed: usize| TableProblem::TooLarge {
            place: Place::Sheet(self.sheet.clone(), Some(name())),
            what,
            allowed: allowed as u64,
            hint: "",
        };
        if row.cells.last().is_some_and(|(last, _)| *last >= index) {
            return Err(self.damaged(&format!("cell {} is out of order", name())));
        }
        let text = match text {
            Ok(None) => return Ok(()),
            Ok(Some(text)) if text.len() > self.limits.cell_bytes => {
                return Err(too_large("a cell", self.limits.cell_bytes));
            }
            Ok(Some(text)) => text,
            Err(Misread { problem, shown }) => {
                row.problem.get_or_insert((index, problem));
                shown
            }
        };
        row.bytes += text.len() + size_of::<(usize, String)>();
        if row.bytes > self.limits.row_bytes {
            return Err(too_large("a row", self.limits.row_bytes));
        }
        row.cells.push((index, text));
        Ok(())
    }

    #[expect(
        clippy::type_complexity,
        reason = "a cell with its place, used in this file only"
    )]
    fn next_cell(
        &mut self,
    ) -> Result<Option<(u32, u32, Result<Option<String>, Misread>)>, TableProblem> {
        if self.ended {
            return Ok(None);
        }
        let cell = self.cells.next_cell_with_formula_metadata();
        let Some(cell) = cell.map_err(|error| self.damaged(&error.to_string()))? else {
            self.ended = true;
            return Ok(None);
        };
        let (row, column) = cell.pos;
        let name = cell_name(row, column);
        if cell.formula.is_some() {
            return Err(TableProblem::Formula {
                sheet: self.sheet.clone(),
                cell: name,
            });
        }
        Ok(Some((row, column, text_of(&cell.value, &name))))
    }

    /// Why this row is no row of the table.
    fn misfit(&self, row: &SheetRow) -> Option<(Option<String>, RowProblem)> {
        if let Some((column, problem)) = &row.problem {
            return Some((self.header.get(*column).cloned(), problem.clone()));
        }
        let width = row.cells.last().map_or(0, |(column, _)| column + 1);
        if width > self.header.len() {
            let reason = RowProblem::CellCount {
                expected: self.header.len(),
                found: width,
            };
            return Some((None, reason));
        }
        let (column, _) = row.cells.iter().find(|(_, text)| text.contains('\0'))?;
        Some((self.header.get(*column).cloned(), RowProblem::NulCharacter))
    }

    fn rejected(&self, row: SheetRow, column: Option<String>, reason: RowProblem) -> RejectedRow {
        // The cells of a row that is far too wide are listed without the gaps between them.
        let width = row.cells.last().map_or(0, |(column, _)| column + 1);
        let cells = if width <= self.limits.columns {
            dense(row.cells, width.max(self.header.len()))
        } else {
            row.cells.into_iter().map(|(_, text)| text).collect()
        };
        RejectedRow {
            row_number: self.row_number,
            line: Some(u64::from(row.index) + 1),
            column,
            reason,
            cells,
        }
    }

    fn append(&self, chunk: &mut Chunk, row: &SheetRow) {
        let mut cells = row.cells.iter().peekable();
        for (index, column) in chunk.columns.iter_mut().enumerate() {
            let cell = cells.next_if(|(column, _)| *column == index);
            column.push(cell.map(|(_, text)| text.as_str()));
        }
        chunk.row_numbers.push(self.row_number);
        chunk.lines.push(u64::from(row.index) + 1);
    }

    fn damaged(&self, detail: &str) -> TableProblem {
        Place::Sheet(self.sheet.clone(), None).damaged(Format::Xlsx, detail)
    }
}

/// Cells with the gaps between them filled by empty text.
fn dense(cells: Vec<(usize, String)>, width: usize) -> Vec<String> {
    let mut texts = vec![String::new(); width];
    for (column, text) in cells {
        if let Some(slot) = texts.get_mut(column) {
            *slot = text;
        }
    }
    texts
}
