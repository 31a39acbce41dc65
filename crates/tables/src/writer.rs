//! Writing tables: what is written reads back the same.
//!
//! What a format cannot hold is refused or said here: a sheet knows no difference between an
//! absent cell and empty text, a CSV of one column neither, and an NDJSON file without rows has
//! no header.

mod csv;
mod ndjson;
mod parquet;
mod xlsx;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::chunk::Chunk;
use crate::detect::Format;
use crate::error::{TableError, TableProblem};

/// How to write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// Begins a CSV with a byte order mark, which Excel needs to see that it is UTF-8.
    pub byte_order_mark: bool,
    /// Puts an apostrophe before cells of a CSV that a spreadsheet would take for a formula: those
    /// that begin with `=`, `+`, `-`, `@`, a tab or a carriage return. Such a file no longer reads
    /// back the same, so this is for files that people open, not for exchange.
    pub for_spreadsheet: bool,
}

/// What every format can do with rows.
pub(crate) trait RowSink: Send {
    fn write_row(&mut self, cells: &[Option<&str>]) -> Result<(), TableProblem>;
    fn finish(self: Box<Self>) -> Result<(), TableProblem>;
}

/// Where the bytes go.
pub(crate) type Destination = Box<dyn Write + Send>;

/// A table being written from start to end.
///
/// Only [`Writer::finish`] completes the file; a writer that is dropped leaves a part of one.
pub struct Writer {
    name: String,
    columns: usize,
    rows: u64,
    sink: Box<dyn RowSink>,
}

impl Writer {
    /// Creates or replaces the file at `path`.
    pub fn create(path: &Path, format: Format, header: &[&str]) -> Result<Self, TableError> {
        Self::create_with(path, format, header, WriteOptions::default())
    }

    /// Creates or replaces the file at `path`, with options.
    pub fn create_with(
        path: &Path,
        format: Format,
        header: &[&str],
        options: WriteOptions,
    ) -> Result<Self, TableError> {
        let name = path.display().to_string();
        let file = File::create(path).map_err(|error| TableError::new(&name, error.into()))?;
        let file = BufWriter::with_capacity(256 << 10, file);
        Self::to(file, &name, format, header, options)
    }

    /// Writes to anything that takes bytes; the name stands in errors.
    pub fn to<W: Write + Send + 'static>(
        destination: W,
        name: &str,
        format: Format,
        header: &[&str],
        options: WriteOptions,
    ) -> Result<Self, TableError> {
        let sink = sink(Box::new(destination), format, header, options)
            .map_err(|problem| TableError::new(name, problem))?;
        Ok(Self {
            name: name.to_owned(),
            columns: header.len(),
            rows: 0,
            sink,
        })
    }

    /// Writes one row.
    pub fn write_row(&mut self, cells: &[Option<&str>]) -> Result<(), TableError> {
        self.rows += 1;
        let written = if cells.len() == self.columns {
            self.sink.write_row(cells)
        } else {
            Err(TableProblem::RowShape {
                row: self.rows,
                expected: self.columns,
                found: cells.len(),
            })
        };
        written.map_err(|problem| TableError::new(&self.name, problem))
    }

    /// Writes the rows of a chunk; its rejected rows are not rows of the table.
    pub fn write_chunk(&mut self, chunk: &Chunk) -> Result<(), TableError> {
        let mut cells = Vec::with_capacity(chunk.columns.len());
        for row in 0..chunk.len() {
            cells.clear();
            cells.extend(chunk.columns.iter().map(|column| column.get(row)));
            self.write_row(&cells)?;
        }
        Ok(())
    }

    /// Completes the file.
    pub fn finish(self) -> Result<(), TableError> {
        let name = self.name;
        self.sink
            .finish()
            .map_err(|problem| TableError::new(&name, problem))
    }
}

fn sink(
    destination: Destination,
    format: Format,
    header: &[&str],
    options: WriteOptions,
) -> Result<Box<dyn RowSink>, TableProblem> {
    if header.is_empty() {
        return Err(TableProblem::Option("a table needs at least one column"));
    }
    Ok(match format {
        Format::Csv => Box::new(csv::CsvSink::open(destination, header, options)?),
        Format::Xlsx => Box::new(xlsx::XlsxSink::open(destination, header)?),
        Format::Ndjson => Box::new(ndjson::NdjsonSink::open(destination, header)?),
        Format::Parquet => Box::new(parquet::ParquetSink::open(destination, header)?),
    })
}
