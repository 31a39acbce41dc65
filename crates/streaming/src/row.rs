//! One row as whoever answers it sees it.

use std::borrow::Cow;

use tables::{Chunk, RejectedRow};

use crate::cells::{Cell, text_of};

/// A row of the input: cells as text, in the order of the columns.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a>(Source<'a>);

#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    Text { text: &'a str, cells: &'a [Cell] },
    Line(&'a str),
    Chunk { chunk: &'a Chunk, row: usize },
    Rejected(&'a RejectedRow),
}

impl<'a> Row<'a> {
    pub(crate) fn of_text(text: &'a str, cells: &'a [Cell]) -> Self {
        Self(Source::Text { text, cells })
    }

    /// A line that is not divided into cells.
    pub(crate) fn of_line(line: &'a str) -> Self {
        Self(Source::Line(line))
    }

    pub(crate) fn of_chunk(chunk: &'a Chunk, row: usize) -> Self {
        Self(Source::Chunk { chunk, row })
    }

    pub(crate) fn of_rejected(row: &'a RejectedRow) -> Self {
        Self(Source::Rejected(row))
    }

    /// How many cells it has. A row that is refused may have more or fewer than the input has
    /// columns, a line that could not be divided has one.
    pub fn len(&self) -> usize {
        match self.0 {
            Source::Text { cells, .. } => cells.len(),
            Source::Line(_) => 1,
            Source::Chunk { chunk, .. } => chunk.columns.len(),
            Source::Rejected(row) => row.cells.len(),
        }
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of a cell, counted from 0; empty where there is none.
    #[inline]
    pub fn cell(&self, place: usize) -> Cow<'a, str> {
        match self.0 {
            Source::Text { text, cells } => cells
                .get(place)
                .map_or(Cow::Borrowed(""), |cell| text_of(text, *cell)),
            Source::Line(line) if place == 0 => Cow::Borrowed(line),
            Source::Line(_) => Cow::Borrowed(""),
            Source::Chunk { chunk, row } => {
                let column = chunk.columns.get(place);
                let text = column.and_then(|column| column.get(row));
                Cow::Borrowed(text.unwrap_or_default())
            }
            Source::Rejected(row) => Cow::Borrowed(row.cells.get(place).map_or("", String::as_str)),
        }
    }
}
