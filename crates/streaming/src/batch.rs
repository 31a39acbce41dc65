//! What a worker does with one batch: rows found, answered, and what cannot be answered refused.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tables::{Chunk, Encoding};

use crate::cells::{Cell, Dialect, LONGEST_ROW_BYTES, Scan, scan};
use crate::cutting::Stretch;
use crate::encoding::{decoded, marked};
use crate::error::RowProblem;
use crate::row::Row;
use crate::running::Answers;

/// A stretch of rows on its way to a worker.
#[derive(Debug)]
pub(crate) enum Batch {
    Text(Stretch, Encoding),
    Table(Chunk),
}

/// What the rows of one input have in common.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) dialect: Dialect,
    pub(crate) columns: usize,
}

/// One worker: what it answers with, and what it keeps from row to row.
pub(crate) struct Worker<'a, A: Answers> {
    answers: &'a A,
    shape: Shape,
    memory: A::Memory,
    cells: Vec<Cell>,
    /// Each row is answered by itself, because one of this batch brought the answers down.
    careful: bool,
}

impl<'a, A: Answers> Worker<'a, A> {
    pub(crate) fn new(answers: &'a A, shape: Shape) -> Self {
        Self {
            answers,
            shape,
            memory: A::Memory::default(),
            cells: Vec::new(),
            careful: false,
        }
    }

    /// Appends what there is to say about each row.
    pub(crate) fn work(&mut self, batch: &Batch, output: &mut Vec<u8>) {
        let before = output.len();
        let whole = catch_unwind(AssertUnwindSafe(|| self.batch(batch, output)));
        if whole.is_err() {
            output.truncate(before);
            self.careful = true;
            self.batch(batch, output);
            self.careful = false;
        }
    }

    fn batch(&mut self, batch: &Batch, output: &mut Vec<u8>) {
        match batch {
            Batch::Text(Stretch::TooLong(sample), encoding) => {
                let sample = marked(sample, *encoding);
                self.refuse_long(&sample, output);
            }
            Batch::Text(Stretch::Rows(bytes), encoding) => match decoded(bytes, *encoding) {
                Some(text) => self.text(&text, output),
                None => self.mixed(bytes, *encoding, output),
            },
            Batch::Table(chunk) => self.chunk(chunk, output),
        }
    }

    fn text(&mut self, text: &str, output: &mut Vec<u8>) {
        let mut at = 0;
        while at < text.len() {
            if matches!(text.as_bytes()[at], b'\n' | b'\r') {
                at += 1;
                continue;
            }
            // Taken out, so that the row may borrow it while this is changed.
            let mut cells = std::mem::take(&mut self.cells);
            let scanned = scan(text.as_bytes(), at, true, self.shape.dialect, &mut cells);
            let next = match scanned {
                Scan::Row { next, .. } => {
                    self.row(&Row::of_text(text, &cells), output);
                    next
                }
                Scan::Unclosed { end, next } => {
                    let row = Row::of_line(&text[at..end]);
                    self.answers
                        .refuse(&row, &RowProblem::UnclosedQuote, output);
                    next
                }
                Scan::TooLong { next, .. } => {
                    self.refuse_long(&text[at..], output);
                    next
                }
                // Nothing more will come, so this does not happen; it must not go round either.
                Scan::Incomplete => text.len(),
            };
            self.cells = cells;
            at = next;
        }
    }

    /// Rows some of which are not text of this encoding: each is decoded by itself.
    fn mixed(&mut self, bytes: &[u8], encoding: Encoding, output: &mut Vec<u8>) {
        let mut at = 0;
        while at < bytes.len() {
            let scanned = scan(bytes, at, true, self.shape.dialect, &mut Vec::new());
            let next = match scanned {
                Scan::Row { next, .. }
                | Scan::Unclosed { next, .. }
                | Scan::TooLong { next, .. } => next,
                Scan::Incomplete => bytes.len(),
            };
            let row = &bytes[at..next];
            if let Some(text) = decoded(row, encoding) {
                self.text(&text, output);
            } else {
                self.refuse_marked(&marked(row, encoding), encoding, output);
            }
            at = next;
        }
    }

    fn refuse_marked(&self, text: &str, encoding: Encoding, output: &mut Vec<u8>) {
        let mut cells = Vec::new();
        scan(text.as_bytes(), 0, true, self.shape.dialect, &mut cells);
        let row = if cells.is_empty() {
            Row::of_line(shortened(text.trim_end_matches(['\n', '\r'])))
        } else {
            Row::of_text(text, &cells)
        };
        let encoding = encoding.as_str();
        self.answers
            .refuse(&row, &RowProblem::Encoding { encoding }, output);
    }

    /// Rejected rows stand where the file has them.
    fn chunk(&mut self, chunk: &Chunk, output: &mut Vec<u8>) {
        let mut rejected = chunk.rejected.iter().peekable();
        for (row, number) in chunk.row_numbers.iter().enumerate() {
            while let Some(before) = rejected.next_if(|row| row.row_number < *number) {
                self.refuse_rejected(before, output);
            }
            self.answer(&Row::of_chunk(chunk, row), output);
        }
        for row in rejected {
            self.refuse_rejected(row, output);
        }
    }

    fn refuse_rejected(&self, row: &tables::RejectedRow, output: &mut Vec<u8>) {
        let problem = RowProblem::Rejected(row.reason.clone());
        self.answers
            .refuse(&Row::of_rejected(row), &problem, output);
    }

    fn row(&mut self, row: &Row<'_>, output: &mut Vec<u8>) {
        let (expected, found) = (self.shape.columns, row.len());
        let surplus_is_blank = || (expected..found).all(|place| row.cell(place).is_empty());
        if found == expected || (found > expected && surplus_is_blank()) {
            return self.answer(row, output);
        }
        // Old programs end a file with Ctrl-Z, which is no row.
        if found == 1 && row.cell(0) == "\u{1a}" {
            return;
        }
        let problem = RowProblem::CellCount { expected, found };
        self.answers.refuse(row, &problem, output);
    }

    #[inline]
    fn answer(&mut self, row: &Row<'_>, output: &mut Vec<u8>) {
        if !self.careful {
            return self.answers.answer(&mut self.memory, row, output);
        }
        let before = output.len();
        let answered = catch_unwind(AssertUnwindSafe(|| {
            self.answers.answer(&mut self.memory, row, output);
        }));
        if answered.is_err() {
            output.truncate(before);
            self.memory = A::Memory::default();
            self.answers.refuse(row, &RowProblem::Unanswered, output);
        }
    }

    fn refuse_long(&self, text: &str, output: &mut Vec<u8>) {
        let allowed = LONGEST_ROW_BYTES;
        let row = Row::of_line(shortened(text));
        self.answers
            .refuse(&row, &RowProblem::TooLong { allowed }, output);
    }
}

/// Enough of a line to see which one it was.
fn shortened(text: &str) -> &str {
    const CHARACTERS: usize = 64;
    let end = text.char_indices().nth(CHARACTERS);
    &text[..end.map_or(text.len(), |(end, _)| end)]
}
