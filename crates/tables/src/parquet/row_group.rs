//! The columns of one row group, opened together.

use std::cell::RefCell;
use std::sync::Arc;

use parquet::arrow::arrow_reader::RowGroups;
use parquet::column::page::{PageIterator, PageReader};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use super::budget::Budget;
use super::pages::ColumnPages;
use super::shared_source::SharedSource;
use crate::error::TableProblem;
use crate::limits::Limits;
use crate::place::Place;

/// Rows that are decoded at a time.
const BATCH_ROWS: u64 = 1_024;
/// The share of the budget that the rows of a batch may come to beyond the pages they lie in.
const BATCH_SHARE: u64 = 8;

pub(crate) struct RowGroup<'a> {
    metadata: &'a ParquetMetaData,
    number: usize,
    /// Each is handed to the decoder once.
    columns: RefCell<Vec<Option<ColumnPages>>>,
    batch_rows: usize,
}

impl<'a> RowGroup<'a> {
    /// Opens all columns, which reads their dictionaries.
    pub(crate) fn open(
        file: &SharedSource,
        metadata: &'a ParquetMetaData,
        number: usize,
        limits: &Limits,
        budget: &Arc<Budget>,
    ) -> Result<Self, TableProblem> {
        let group = metadata.row_group(number);
        let columns = group
            .columns()
            .iter()
            .map(|column| {
                let file = file.clone();
                ColumnPages::open(file, column, number, limits.cell_bytes, budget.clone())
            })
            .collect::<Result<Vec<_>, _>>()?;
        let widest: u64 = columns.iter().map(ColumnPages::widest_value).sum();
        if widest > budget.allowed() {
            return Err(Place::File.too_large("a row", budget.allowed()));
        }
        let wanted = budget.allowed() / BATCH_SHARE;
        let rows = (wanted / widest.max(mean_row_bytes(group))).clamp(1, BATCH_ROWS);
        Ok(Self {
            metadata,
            number,
            columns: RefCell::new(columns.into_iter().map(Some).collect()),
            batch_rows: usize::try_from(rows).unwrap_or(1),
        })
    }

    /// Rows to decode at a time: fewer where a row can be large, because a short page can repeat a
    /// long entry of its dictionary in every row.
    pub(crate) fn batch_rows(&self) -> usize {
        self.batch_rows
    }
}

/// At least one.
fn mean_row_bytes(group: &RowGroupMetaData) -> u64 {
    let bytes = u64::try_from(group.total_byte_size()).unwrap_or(0);
    let rows = u64::try_from(group.num_rows()).unwrap_or(0);
    (bytes / rows.max(1)).max(1)
}

impl RowGroups for RowGroup<'_> {
    fn num_rows(&self) -> usize {
        usize::try_from(self.metadata.row_group(self.number).num_rows()).unwrap_or(0)
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>, ParquetError> {
        let mut columns = self.columns.try_borrow_mut()?;
        match columns.get_mut(column).and_then(Option::take) {
            Some(pages) => Ok(Box::new(OneColumn(Some(Box::new(pages))))),
            None => Err(ParquetError::General(format!(
                "column {column} is not there"
            ))),
        }
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(std::iter::once(self.metadata.row_group(self.number)))
    }

    fn metadata(&self) -> &ParquetMetaData {
        self.metadata
    }
}

/// The column of the only row group that the decoder is shown.
struct OneColumn(Option<Box<dyn PageReader>>);

impl Iterator for OneColumn {
    type Item = Result<Box<dyn PageReader>, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.take().map(Ok)
    }
}

impl PageIterator for OneColumn {}
