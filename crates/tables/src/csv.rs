//! CSV as RFC 4180 with the liberties of spreadsheets: other delimiters, any line end.
//!
//! Written here rather than taken from the `csv` crate, because a place must be named for an
//! unclosed quote, a NUL byte and a bad character, and because text is validated once per block
//! and copied once into its column; the `csv` crate is the oracle in the tests.
//!
//! - Lines that are entirely blank are skipped and not counted as rows, as that crate does.
//! - A Ctrl-Z that stands alone at the end is no row; sanctions lists still end so.
//! - `,,` holds an absent cell, `,"",` one with empty text, as in PostgreSQL.
//! - A quote inside an unquoted cell is an ordinary character.

mod cell;

use crate::chunk::{Chunk, RejectedRow, RowProblem};
use crate::error::TableProblem;
use crate::header;
use crate::limits::Limits;
use crate::place::Place;
use crate::reader::{HeaderMode, RowSource};
use crate::text::{TextBlocks, TextProblem};
use cell::{Cell, CellKind, cell_text};

/// Text is read this many bytes at a time.
const BLOCK_BYTES: usize = 256 << 10;
/// Ctrl-Z, with which old programs end a file.
const END_OF_FILE: u8 = 0x1A;

/// What the scan of one row came to.
enum Scan {
    Row,
    /// The buffered text ends first.
    Incomplete,
    End,
}

pub(crate) struct CsvReader {
    blocks: TextBlocks,
    text: String,
    /// Where the next row begins in `text`.
    at: usize,
    ended: bool,
    /// The 1-based line at `at`.
    line: u64,
    row_line: u64,
    cells: Vec<Cell>,
    special: [bool; 256],
    delimiter: u8,
    header: Vec<String>,
    limits: Limits,
    row_number: u64,
    scratch: String,
    /// The first row of a file without a header was read to count its columns.
    row_waits: bool,
}

impl CsvReader {
    pub(crate) fn open(
        mut blocks: TextBlocks,
        delimiter: Option<u8>,
        mode: HeaderMode,
        limits: &Limits,
    ) -> Result<Self, TableProblem> {
        let mut text = String::with_capacity(2 * BLOCK_BYTES);
        let first = blocks.fill(&mut text, BLOCK_BYTES);
        let delimiter = delimiter.unwrap_or_else(|| crate::detect::delimiter_of(&text));
        if !delimiter.is_ascii() || matches!(delimiter, b'"' | b'\n' | b'\r' | 0) {
            return Err(TableProblem::Option(
                "the delimiter must be one ASCII character, no quote and no line end",
            ));
        }
        let mut special = [false; 256];
        for byte in [delimiter, b'\n', b'\r', 0] {
            special[usize::from(byte)] = true;
        }
        let mut reader = Self {
            blocks,
            text,
            at: 0,
            ended: false,
            line: 1,
            row_line: 1,
            cells: Vec::new(),
            special,
            delimiter,
            header: Vec::new(),
            limits: limits.clone(),
            row_number: 0,
            scratch: String::new(),
            row_waits: false,
        };
        first.map_err(|problem| reader.text_problem(problem))?;
        reader.read_header(mode)?;
        Ok(reader)
    }

    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    fn read_header(&mut self, mode: HeaderMode) -> Result<(), TableProblem> {
        if !self.next_row()? {
            return Err(TableProblem::Empty);
        }
        self.header = match mode {
            HeaderMode::FirstRow => header::named(self.owned_cells(), &self.limits)?,
            HeaderMode::None => {
                self.row_waits = true;
                header::unnamed(self.cells.len(), &self.limits)?
            }
        };
        Ok(())
    }

    /// Scans the next row into `cells`, reading on as needed.
    fn next_row(&mut self) -> Result<bool, TableProblem> {
        if std::mem::take(&mut self.row_waits) {
            return Ok(true);
        }
        loop {
            match self.scan()? {
                Scan::Row => return Ok(true),
                Scan::End => return Ok(false),
                Scan::Incomplete => self.read_on()?,
            }
        }
    }

    /// Drops the rows already handed out and appends more text; the longer the unfinished row,
    /// the more, so that a long row is not scanned again and again.
    fn read_on(&mut self) -> Result<(), TableProblem> {
        self.text.drain(..self.at);
        self.at = 0;
        if self.text.len() > self.limits.row_bytes {
            return Err(self.too_large(
                "a row",
                self.limits.row_bytes,
                "; perhaps a quote is not closed",
            ));
        }
        let wanted = BLOCK_BYTES.max(self.text.len());
        match self.blocks.fill(&mut self.text, wanted) {
            Ok(more) => self.ended = !more,
            Err(problem) => return Err(self.text_problem(problem)),
        }
        Ok(())
    }

    fn scan(&mut self) -> Result<Scan, TableProblem> {
        if !self.skip_blank_lines() {
            return Ok(if self.ended {
                Scan::End
            } else {
                Scan::Incomplete
            });
        }
        self.cells.clear();
        let mut at = self.at;
        let mut lines = 0;
        loop {
            let scanned = if self.text.as_bytes().get(at) == Some(&b'"') {
                self.scan_quoted(at, &mut lines)?
            } else {
                self.scan_plain(at, CellKind::Plain, at)
            };
            let length = match &scanned {
                Some((cell, _)) => cell.end - cell.start,
                // Two of these bytes may be the quotes around the cell.
                None => (self.text.len() - at).saturating_sub(2),
            };
            if length > self.limits.cell_bytes {
                return Err(self.too_large("a cell", self.limits.cell_bytes, ""));
            }
            let Some((cell, end)) = scanned else {
                return Ok(Scan::Incomplete);
            };
            let ending = self.text.as_bytes().get(end).copied();
            if ending == Some(0) {
                return Err(self.nul_byte(lines));
            }
            self.cells.push(cell);
            // A row of nothing but delimiters costs more here than in the file.
            if self.cells.len() * size_of::<Cell>() > self.limits.row_bytes {
                return Err(self.too_large("a row", self.limits.row_bytes, ""));
            }
            match ending {
                Some(byte) if byte == self.delimiter => at = end + 1,
                Some(byte) => return Ok(self.end_row(end, byte, lines)),
                None => return Ok(self.end_row(end, b'\n', lines)),
            }
        }
    }

    /// Ends the row at the line end that lies at `end`.
    fn end_row(&mut self, end: usize, byte: u8, lines: u64) -> Scan {
        let next = self.text.as_bytes().get(end + 1);
        if byte == b'\r' && next.is_none() && !self.ended {
            return Scan::Incomplete;
        }
        let length = if byte == b'\r' && next == Some(&b'\n') {
            2
        } else {
            1
        };
        self.row_line = self.line;
        self.line += lines + 1;
        self.at = (end + length).min(self.text.len());
        Scan::Row
    }

    /// Moves to the next row; `false` says that the buffered text has none.
    fn skip_blank_lines(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b'\n') => self.at += 1,
                Some(b'\r') => match bytes.get(self.at + 1) {
                    Some(b'\n') => self.at += 2,
                    None if !self.ended => return false,
                    _ => self.at += 1,
                },
                Some(&END_OF_FILE) if self.at + 1 == bytes.len() => {
                    if !self.ended {
                        return false;
                    }
                    self.at += 1;
                }
                Some(_) => return true,
                None => return false,
            }
            self.line += 1;
        }
    }

    /// A cell up to the next delimiter or line end; `None` if the text ends first and goes on.
    #[inline]
    fn scan_plain(&self, start: usize, kind: CellKind, from: usize) -> Option<(Cell, usize)> {
        let bytes = self.text.as_bytes();
        let length = bytes[from..]
            .iter()
            .position(|byte| self.special[usize::from(*byte)]);
        let end = match length {
            Some(length) => from + length,
            None if self.ended => bytes.len(),
            None => return None,
        };
        Some((Cell { start, end, kind }, end))
    }

    /// A cell that begins with the quote at `open`.
    fn scan_quoted(
        &self,
        open: usize,
        lines: &mut u64,
    ) -> Result<Option<(Cell, usize)>, TableProblem> {
        let bytes = self.text.as_bytes();
        let start = open + 1;
        let before = *lines;
        let mut kind = CellKind::Quoted;
        let mut at = start;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => match bytes.get(at + 1) {
                    Some(b'"') => {
                        kind = CellKind::Escaped;
                        at += 1;
                    }
                    None if !self.ended => return Ok(None),
                    None => {
                        return Ok(Some((
                            Cell {
                                start,
                                end: at,
                                kind,
                            },
                            at + 1,
                        )));
                    }
                    Some(next) if self.special[usize::from(*next)] => {
                        return Ok(Some((
                            Cell {
                                start,
                                end: at,
                                kind,
                            },
                            at + 1,
                        )));
                    }
                    // Text after the closing quote belongs to the cell, as other readers have it.
                    Some(_) => return Ok(self.scan_plain(start, CellKind::Escaped, at + 1)),
                },
                b'\n' => *lines += 1,
                b'\r' if bytes.get(at + 1) != Some(&b'\n') => *lines += 1,
                0 => return Err(self.nul_byte(*lines)),
                _ => {}
            }
            at += 1;
        }
        if at - start > self.limits.cell_bytes {
            let hint = "; perhaps a quote is not closed";
            return Err(self.too_large("a cell", self.limits.cell_bytes, hint));
        }
        if self.ended {
            return Err(TableProblem::UnclosedQuote {
                line: self.line + before,
                column: self.column_name(),
            });
        }
        Ok(None)
    }

    fn owned_cells(&mut self) -> Vec<String> {
        let (text, scratch) = (&self.text, &mut self.scratch);
        let cells = self.cells.iter();
        cells
            .map(|cell| {
                cell_text(text, *cell, scratch)
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect()
    }

    /// The column that the scan has come to.
    fn column_name(&self) -> String {
        let index = self.cells.len();
        match self.header.get(index) {
            Some(name) => format!("{} ({name})", index + 1),
            None => (index + 1).to_string(),
        }
    }

    fn place(&self, lines: u64) -> Place {
        Place::Line(self.line + lines, Some(self.column_name()))
    }

    fn nul_byte(&self, lines: u64) -> TableProblem {
        TableProblem::NulByte {
            place: self.place(lines),
        }
    }

    fn too_large(&self, what: &'static str, allowed: usize, hint: &'static str) -> TableProblem {
        TableProblem::TooLarge {
            place: self.place(0),
            what,
            allowed: allowed as u64,
            hint,
        }
    }

    /// Everything before the bad place is in `text`, so its lines can be counted.
    fn text_problem(&self, problem: TextProblem) -> TableProblem {
        let rest = self.text[self.at..].bytes();
        let line = self.line + rest.filter(|byte| *byte == b'\n').count() as u64;
        problem.at_line(line, self.blocks.encoding())
    }
}

impl RowSource for CsvReader {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn next_chunk(&mut self, max_rows: usize) -> Result<Option<Chunk>, TableProblem> {
        let mut chunk = Chunk::new(self.header.len());
        let mut bytes = 0;
        while chunk.rows_covered() < max_rows && bytes < self.limits.chunk_bytes {
            if !self.next_row()? {
                break;
            }
            self.row_number += 1;
            if self.cells.len() == self.header.len() {
                for (column, cell) in chunk.columns.iter_mut().zip(&self.cells) {
                    column.push(cell_text(&self.text, *cell, &mut self.scratch));
                    bytes += cell.end - cell.start;
                }
                chunk.row_numbers.push(self.row_number);
                chunk.lines.push(self.row_line);
            } else {
                let rejected = RejectedRow {
                    row_number: self.row_number,
                    line: Some(self.row_line),
                    column: None,
                    reason: RowProblem::CellCount {
                        expected: self.header.len(),
                        found: self.cells.len(),
                    },
                    cells: self.owned_cells(),
                };
                // An empty String costs memory too, so a row of a million delimiters counts.
                bytes += rejected.text_bytes() + rejected.cells.len() * size_of::<String>();
                chunk.rejected.push(rejected);
            }
        }
        Ok((chunk.rows_covered() > 0).then_some(chunk))
    }
}
