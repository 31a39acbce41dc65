//! Parquet: one nullable UTF-8 column per name, zstd, a row group per so many rows.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::{Destination, RowSink};
use crate::chunk::Column;
use crate::error::TableProblem;

/// Rows that are gathered before they are encoded.
const BATCH_ROWS: usize = 8_192;
/// Bytes of text that are gathered before they are encoded.
const BATCH_BYTES: usize = 16 << 20;
/// Rows of one row group; small, because a reader holds one group of each column in memory.
const GROUP_ROWS: usize = 131_072;

pub(crate) struct ParquetSink {
    writer: ArrowWriter<Destination>,
    schema: SchemaRef,
    columns: Vec<Column>,
    rows: usize,
    bytes: usize,
}

impl ParquetSink {
    pub(crate) fn open(destination: Destination, header: &[&str]) -> Result<Self, TableProblem> {
        let fields: Vec<Field> = header
            .iter()
            .map(|name| Field::new(*name, DataType::Utf8, true))
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .build();
        let writer = ArrowWriter::try_new(destination, Arc::clone(&schema), Some(properties))
            .map_err(|error| failed(&error))?;
        Ok(Self {
            writer,
            schema,
            columns: vec![Column::new(); header.len()],
            rows: 0,
            bytes: 0,
        })
    }

    fn encode(&mut self) -> Result<(), TableProblem> {
        if self.rows == 0 {
            return Ok(());
        }
        let arrays = self
            .columns
            .iter()
            .map(|column| Arc::new(column.iter().collect::<StringArray>()) as ArrayRef)
            .collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays)
            .map_err(|error: ArrowError| failed(&error.into()))?;
        self.writer.write(&batch).map_err(|error| failed(&error))?;
        self.columns.iter_mut().for_each(Column::clear);
        self.rows = 0;
        self.bytes = 0;
        Ok(())
    }
}

impl RowSink for ParquetSink {
    fn write_row(&mut self, cells: &[Option<&str>]) -> Result<(), TableProblem> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(*cell);
            self.bytes += cell.map_or(0, str::len);
        }
        self.rows += 1;
        if self.rows >= BATCH_ROWS || self.bytes >= BATCH_BYTES {
            self.encode()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableProblem> {
        self.encode()?;
        let mut destination = self.writer.into_inner().map_err(|error| failed(&error))?;
        Ok(destination.flush()?)
    }
}

fn failed(error: &ParquetError) -> TableProblem {
    TableProblem::Io(std::io::Error::other(error.to_string()))
}
