//! Parquet: every column as text, row group by row group.
//!
//! Dates are ISO, decimals plain, lists and structures JSON text, bytes that are no UTF-8
//! hexadecimal. A file says of itself how much memory it needs, and may lie: its metadata is walked
//! before the decoder believes it, its pages are read, judged and inflated by [`pages`], and a
//! panic of the decoder on hostile content is caught and becomes an error. The schema that an Arrow
//! writer hides in the metadata is not looked at; the types of Parquet say enough for text.

mod budget;
mod codec;
mod delta;
mod footer;
mod page_header;
mod pages;
mod row_group;
mod shared_source;
mod text;
mod thrift;
mod weight;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use parquet::arrow::{FieldLevels, ProjectionMask, parquet_to_arrow_field_levels};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};

use crate::chunk::{Chunk, Column};
use crate::detect::Format;
use crate::error::TableProblem;
use crate::header;
use crate::limits::Limits;
use crate::place::Place;
use crate::reader::RowSource;
use crate::source::Metered;
use budget::Budget;
use row_group::RowGroup;
use shared_source::SharedSource;
use text::Batch;

pub(crate) struct ParquetReader {
    file: SharedSource,
    metadata: ParquetMetaData,
    levels: FieldLevels,
    next_group: usize,
    /// The row group being decoded.
    group: Option<(ParquetRecordBatchReader, Arc<Budget>)>,
    /// The batch that still has rows to hand out, and the first of them.
    current: Option<(Batch, usize)>,
    header: Vec<String>,
    limits: Limits,
    row_number: u64,
    /// The rows and the bytes of each column of the chunk before, for which room is made in the next.
    before: (usize, Vec<usize>),
}

/// Rows for which room is made at once, at most.
const MOST_ROWS_EXPECTED: usize = 1 << 16;

impl ParquetReader {
    pub(crate) fn open(
        mut source: Metered,
        length: u64,
        limits: &Limits,
    ) -> Result<Self, TableProblem> {
        let metadata = footer::read(&mut source, length, limits)?;
        let metadata = guarded(|| ParquetMetaDataReader::decode_metadata(&metadata))?;
        let schema = metadata.file_metadata().schema_descr();
        header::within_columns(schema.num_columns(), limits)?;
        let levels =
            guarded(|| parquet_to_arrow_field_levels(schema, ProjectionMask::all(), None))?;
        let fields = schema.root_schema().get_fields().iter();
        let header = header::named(
            fields.map(|field| field.name().to_owned()).collect(),
            limits,
        )?;
        Ok(Self {
            file: SharedSource::new(source, length),
            metadata,
            levels,
            next_group: 0,
            group: None,
            current: None,
            header,
            limits: limits.clone(),
            row_number: 0,
            before: (0, Vec::new()),
        })
    }

    fn batch(&mut self) -> Result<Option<(Batch, usize)>, TableProblem> {
        if let Some(current) = self.current.take() {
            return Ok(Some(current));
        }
        loop {
            if let Some((batches, budget)) = &mut self.group {
                let place = Place::Row(self.row_number + 1, None);
                budget.begin_batch();
                let next = catch_unwind(AssertUnwindSafe(|| batches.next()));
                match next.map_err(|_| place.clone().gave_up(Format::Parquet))? {
                    Some(Ok(batch)) => {
                        return Ok(Some((Batch::of(&batch, place, &self.limits)?, 0)));
                    }
                    Some(Err(error)) => {
                        let problem = budget.take_problem();
                        return Err(
                            problem.unwrap_or_else(|| place.damaged(Format::Parquet, error))
                        );
                    }
                    None => self.group = None,
                }
            }
            if self.next_group >= self.metadata.num_row_groups() {
                return Ok(None);
            }
            self.group = Some(self.open_group(self.next_group)?);
            self.next_group += 1;
        }
    }

    /// A chunk with room for as many rows as are wanted and left, as long as those before.
    fn empty_chunk(&self, max_rows: usize) -> Chunk {
        let mut chunk = Chunk::new(self.header.len());
        let left = self
            .rows_declared()
            .unwrap_or(0)
            .saturating_sub(self.row_number);
        let rows = usize::try_from(left).unwrap_or(usize::MAX);
        let rows = rows.min(max_rows).min(MOST_ROWS_EXPECTED);
        let (rows_before, bytes_before) = &self.before;
        for (column, bytes) in chunk.columns.iter_mut().zip(bytes_before) {
            let bytes = bytes.saturating_mul(rows) / (*rows_before).max(1);
            column.reserve(rows, (bytes + bytes / 16).min(self.limits.chunk_bytes));
        }
        chunk
    }

    fn open_group(
        &self,
        number: usize,
    ) -> Result<(ParquetRecordBatchReader, Arc<Budget>), TableProblem> {
        let budget = Arc::new(Budget::new(self.limits.memory(self.file.length())));
        let group = RowGroup::open(&self.file, &self.metadata, number, &self.limits, &budget)?;
        let batch_rows = group.batch_rows();
        let batches = guarded(|| {
            ParquetRecordBatchReader::try_new_with_row_groups(
                &self.levels,
                &group,
                batch_rows,
                None,
            )
        })?;
        Ok((batches, budget))
    }
}

impl RowSource for ParquetReader {
    fn rows_declared(&self) -> Option<u64> {
        let groups = self.metadata.row_groups().iter();
        let rows = groups.map(|group| u64::try_from(group.num_rows()).unwrap_or(0));
        Some(rows.fold(0, u64::saturating_add))
    }

    fn header(&self) -> &[String] {
        &self.header
    }

    fn next_chunk(&mut self, max_rows: usize) -> Result<Option<Chunk>, TableProblem> {
        let mut chunk = self.empty_chunk(max_rows);
        let mut bytes = 0;
        while chunk.rows_covered() < max_rows && bytes < self.limits.chunk_bytes {
            let Some((batch, first)) = self.batch()? else {
                break;
            };
            let mut row = first;
            let room = max_rows - chunk.rows_covered();
            let rows = first..batch.rows().min(first.saturating_add(room));
            let most_bytes = self.limits.chunk_bytes - bytes;
            if let Some(taken) =
                batch.append_all(rows.clone(), self.row_number + 1, most_bytes, &mut chunk)
            {
                bytes += taken;
                row = rows.end;
                self.row_number += rows.len() as u64;
            }
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
        let text_bytes = chunk.columns.iter().map(Column::text_bytes);
        self.before = (chunk.len(), text_bytes.collect());
        Ok((chunk.rows_covered() > 0).then_some(chunk))
    }
}

/// Runs the decoder and turns its errors and panics into ours.
fn guarded<T>(decode: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, TableProblem> {
    match catch_unwind(AssertUnwindSafe(decode)) {
        Ok(result) => result.map_err(|error| Place::File.damaged(Format::Parquet, error)),
        Err(_) => Err(Place::File.gave_up(Format::Parquet)),
    }
}
