//! Parquet: every column as text, row group by row group.
//!
//! Dates are ISO, decimals plain, lists and structures JSON text, bytes that are no UTF-8
//! hexadecimal. Metadata is walked and judged before the decoder believes it, and a panic of the
//! decoder on a hostile file is caught and becomes an error.

mod footer;
mod text;

use std::io::{BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{ChunkReader, Length};

use crate::chunk::Chunk;
use crate::detect::Format;
use crate::error::TableProblem;
use crate::header;
use crate::limits::Limits;
use crate::place::Place;
use crate::reader::RowSource;
use crate::source::Metered;
use text::Batch;

/// Rows that are decoded at a time.
const BATCH_ROWS: usize = 1_024;

pub(crate) struct ParquetReader {
    batches: ParquetRecordBatchReader,
    current: Option<(Batch, usize)>,
    header: Vec<String>,
    limits: Limits,
    row_number: u64,
}

impl ParquetReader {
    pub(crate) fn open(
        mut source: Metered,
        length: u64,
        limits: &Limits,
    ) -> Result<Self, TableProblem> {
        footer::check(&mut source, length, limits)?;
        let file = SharedSource {
            source: Arc::new(Mutex::new(source)),
            length,
        };
        let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new(file))?;
        judge(builder.metadata(), limits)?;
        let names = builder.schema().fields().iter();
        let header = header::named(names.map(|field| field.name().clone()).collect(), limits)?;
        let batches = guarded(|| builder.with_batch_size(BATCH_ROWS).build())?;
        Ok(Self {
            batches,
            current: None,
            header,
            limits: limits.clone(),
            row_number: 0,
        })
    }

    /// The batch that still has rows to hand out, and the first of them.
    fn batch(&mut self) -> Result<Option<(Batch, usize)>, TableProblem> {
        if let Some(current) = self.current.take() {
            return Ok(Some(current));
        }
        let place = || Place::Row(self.row_number + 1, None);
        let next = catch_unwind(AssertUnwindSafe(|| self.batches.next()));
        match next.map_err(|_| place().damaged(Format::Parquet, GAVE_UP))? {
            None => Ok(None),
            Some(Err(error)) => Err(place().damaged(Format::Parquet, error)),
            Some(Ok(batch)) => Ok(Some((Batch::of(&batch, place())?, 0))),
        }
    }
}

impl RowSource for ParquetReader {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn next_chunk(&mut self, max_rows: usize) -> Result<Option<Chunk>, TableProblem> {
        let mut chunk = Chunk::new(self.header.len());
        let mut bytes = 0;
        while chunk.rows_covered() < max_rows && bytes < self.limits.chunk_bytes {
            let Some((batch, first)) = self.batch()? else {
                break;
            };
            let mut row = first;
            while row < batch.rows()
                && chunk.rows_covered() < max_rows
                && bytes < self.limits.chunk_bytes
            {
                self.row_number += 1;
                bytes +=
                    batch.append(row, self.row_number, &self.header, &self.limits, &mut chunk)?;
                row += 1;
            }
            if row < batch.rows() {
                self.current = Some((batch, row));
            }
        }
        Ok((chunk.rows_covered() > 0).then_some(chunk))
    }
}

const GAVE_UP: &str = "the decoder gave up on its content";

/// Runs the decoder and turns its errors and panics into ours.
fn guarded<T>(decode: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, TableProblem> {
    match catch_unwind(AssertUnwindSafe(decode)) {
        Ok(result) => result.map_err(|error| Place::File.damaged(Format::Parquet, error)),
        Err(_) => Err(Place::File.damaged(Format::Parquet, GAVE_UP)),
    }
}

/// Compares what the metadata declares with the limits.
fn judge(metadata: &ParquetMetaData, limits: &Limits) -> Result<(), TableProblem> {
    header::within_columns(
        metadata.file_metadata().schema_descr().num_columns(),
        limits,
    )?;
    for (number, group) in metadata.row_groups().iter().enumerate() {
        for column in group.columns() {
            let declared = u64::try_from(column.uncompressed_size()).unwrap_or(u64::MAX);
            if declared > limits.parquet_column_bytes {
                return Err(TableProblem::TooLarge {
                    place: Place::RowGroup(number + 1, column.column_path().string()),
                    what: "a column of one row group",
                    allowed: limits.parquet_column_bytes,
                    hint: "",
                });
            }
        }
    }
    Ok(())
}

/// A source that the decoder reads in several places at once.
#[derive(Clone)]
struct SharedSource {
    source: Arc<Mutex<Metered>>,
    length: u64,
}

/// One of these places.
struct SharedRead {
    shared: SharedSource,
    position: u64,
}

impl Read for SharedRead {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let source = &self.shared.source;
        let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
        source.seek(SeekFrom::Start(self.position))?;
        let count = source.read(buffer)?;
        self.position += count as u64;
        Ok(count)
    }
}

impl Length for SharedSource {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for SharedSource {
    type T = BufReader<SharedRead>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        Ok(BufReader::new(SharedRead {
            shared: self.clone(),
            position: start,
        }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        let end = start.checked_add(length as u64);
        if end.is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF(format!(
                "{length} bytes at {start} are not in the file"
            )));
        }
        let mut bytes = vec![0; length];
        let mut read = SharedRead {
            shared: self.clone(),
            position: start,
        };
        read.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}
