//! One decoded batch as text.

use std::fmt::Write;
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType};

use crate::chunk::{Chunk, Column, RejectedRow, RowProblem};
use crate::detect::Format;
use crate::error::TableProblem;
use crate::limits::Limits;
use crate::place::Place;

/// A batch whose columns are all text.
pub(crate) struct Batch {
    columns: Vec<TextColumn>,
    rows: usize,
    /// No cell of it is too long or holds the character NUL.
    is_plain: bool,
}

/// A column of a batch: text as it came, or text made from it.
enum TextColumn {
    Given(arrow_array::StringArray),
    Made(Column),
}

impl TextColumn {
    fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Given(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Made(column) => column.get(row),
        }
    }

    /// Bytes of text in these rows.
    fn bytes(&self, rows: &Range<usize>) -> usize {
        match self {
            Self::Given(array) => {
                let offsets = array.value_offsets();
                usize::try_from(offsets[rows.end] - offsets[rows.start]).unwrap_or(usize::MAX)
            }
            Self::Made(column) => column.start(rows.end) - column.start(rows.start),
        }
    }

    /// Whether no cell has more bytes than this or holds the character NUL.
    fn is_plain(&self, cell_bytes: usize) -> bool {
        match self {
            Self::Given(array) => {
                let offsets = array.value_offsets();
                let within = |pair: &[i32]| {
                    usize::try_from(pair[1] - pair[0]).is_ok_and(|bytes| bytes <= cell_bytes)
                };
                !array.value_data().contains(&0) && offsets.windows(2).all(within)
            }
            Self::Made(column) => {
                let mut rows = 0..column.len();
                !column.text().as_bytes().contains(&0)
                    && rows.all(|row| column.start(row + 1) - column.start(row) <= cell_bytes)
            }
        }
    }

    /// Appends the cells of these rows.
    fn append(&self, rows: Range<usize>, to: &mut Column) {
        to.reserve(rows.len(), self.bytes(&rows));
        match self {
            Self::Given(array) if array.null_count() == 0 => {
                rows.for_each(|row| to.push(Some(array.value(row))));
            }
            _ => rows.for_each(|row| to.push(self.get(row))),
        }
    }
}

impl Batch {
    pub(crate) fn of(
        batch: &RecordBatch,
        place: Place,
        limits: &Limits,
    ) -> Result<Self, TableProblem> {
        let columns = batch.columns().iter().map(text_column);
        let columns = columns.collect::<Result<Vec<TextColumn>, _>>();
        let columns = columns.map_err(|error| place.damaged(Format::Parquet, error))?;
        Ok(Self {
            is_plain: columns
                .iter()
                .all(|column| column.is_plain(limits.cell_bytes)),
            columns,
            rows: batch.num_rows(),
        })
    }

    /// Appends these rows column by column; how many bytes they took. Nothing where they would take more than this or
    /// want a closer look.
    pub(crate) fn append_all(
        &self,
        rows: Range<usize>,
        row_number: u64,
        most_bytes: usize,
        chunk: &mut Chunk,
    ) -> Option<usize> {
        let bytes = self.columns.iter().map(|column| column.bytes(&rows)).sum();
        if !self.is_plain || bytes > most_bytes {
            return None;
        }
        for (column, to) in self.columns.iter().zip(&mut chunk.columns) {
            column.append(rows.clone(), to);
        }
        let numbers = (row_number..).take(rows.len());
        chunk.row_numbers.extend(numbers);
        Some(bytes)
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Appends one row to the chunk, or rejects it; returns how many bytes it took.
    pub(crate) fn append(
        &self,
        row: usize,
        row_number: u64,
        header: &[String],
        limits: &Limits,
        chunk: &mut Chunk,
    ) -> Result<usize, TableProblem> {
        let mut bytes = 0;
        let mut blamed = None;
        for (column, name) in self.columns.iter().zip(header) {
            let text = column.get(row).unwrap_or_default();
            bytes += text.len();
            if text.len() > limits.cell_bytes {
                return Err(Place::Row(row_number, Some(name.clone()))
                    .too_large("a cell", limits.cell_bytes as u64));
            }
            if text.as_bytes().contains(&0) {
                blamed.get_or_insert(name);
            }
        }
        let cells = self.columns.iter().map(|column| column.get(row));
        if let Some(name) = blamed {
            chunk.rejected.push(RejectedRow {
                row_number,
                line: None,
                column: Some(name.clone()),
                reason: RowProblem::NulCharacter,
                cells: cells
                    .map(|cell| cell.unwrap_or_default().to_owned())
                    .collect(),
            });
        } else {
            for (column, cell) in chunk.columns.iter_mut().zip(cells) {
                column.push(cell);
            }
            chunk.row_numbers.push(row_number);
        }
        Ok(bytes)
    }
}

fn text_column(array: &ArrayRef) -> Result<TextColumn, ArrowError> {
    if let Some(text) = array.as_string_opt::<i32>() {
        return Ok(TextColumn::Given(text.clone()));
    }
    let array = with_offset(array)?;
    let writer = CellWriter::of(array.as_ref())?;
    let mut column = Column::new();
    for row in 0..array.len() {
        writer.write(row, &mut column)?;
    }
    Ok(TextColumn::Made(column))
}

/// Instants in the one time zone that Parquet has, written so that no table of time zones is needed.
fn with_offset(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::Timestamp(unit, Some(_)) => {
            arrow_cast::cast(array, &DataType::Timestamp(*unit, Some("+00:00".into())))
        }
        _ => Ok(array.clone()),
    }
}

/// Writes the values of one array, as plain text outside and as JSON inside of lists.
enum CellWriter<'a> {
    Text(&'a dyn Array, ArrayFormatter<'a>),
    /// Whole numbers, of which there are many.
    Whole(&'a Int64Array),
    /// Bytes, which are text where they are UTF-8 and hexadecimal where not.
    Bytes(&'a dyn Array, ArrayFormatter<'a>),
    Json(&'a dyn Array),
}

impl<'a> CellWriter<'a> {
    fn of(array: &'a dyn Array) -> Result<Self, ArrowError> {
        let options = FormatOptions::default().with_display_error(false);
        if let Some(numbers) = array.as_primitive_opt::<Int64Type>() {
            return Ok(Self::Whole(numbers));
        }
        Ok(match array.data_type() {
            kind if kind.is_nested() => Self::Json(array),
            DataType::Binary => Self::Bytes(array, ArrayFormatter::try_new(array, &options)?),
            _ => Self::Text(array, ArrayFormatter::try_new(array, &options)?),
        })
    }

    fn write(&self, row: usize, to: &mut Column) -> Result<(), ArrowError> {
        match self {
            Self::Whole(array) if array.is_valid(row) => {
                // Writing to a string cannot fail.
                to.push_written(|text| {
                    let _ = write!(text, "{}", array.value(row));
                });
            }
            Self::Text(array, formatter) if array.is_valid(row) => {
                to.push(Some(&formatter.value(row).try_to_string()?));
            }
            Self::Bytes(array, formatter) if array.is_valid(row) => {
                let bytes = array.as_binary::<i32>().value(row);
                match std::str::from_utf8(bytes) {
                    Ok(text) => to.push(Some(text)),
                    Err(_) => to.push(Some(&formatter.value(row).try_to_string()?)),
                }
            }
            Self::Json(array) if array.is_valid(row) => {
                to.push(Some(&json(*array, row)?.to_string()));
            }
            _ => to.push(None),
        }
        Ok(())
    }
}

/// A value inside of a list or structure.
fn json(array: &dyn Array, row: usize) -> Result<serde_json::Value, ArrowError> {
    use serde_json::Value;
    if array.is_null(row) {
        return Ok(Value::Null);
    }
    Ok(match array.data_type() {
        DataType::List(_) => elements(&array.as_list::<i32>().value(row))?,
        DataType::Map(..) => {
            let entries: ArrayRef = std::sync::Arc::new(array.as_map().value(row));
            elements(&entries)?
        }
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns();
            let members = fields
                .iter()
                .zip(columns)
                .map(|(field, column)| Ok((field.name().clone(), json(column.as_ref(), row)?)));
            Value::Object(members.collect::<Result<_, ArrowError>>()?)
        }
        DataType::Boolean => Value::Bool(array.as_boolean().value(row)),
        kind => {
            let options = FormatOptions::default().with_display_error(false);
            let value = with_offset(&array.slice(row, 1))?;
            let formatter = ArrayFormatter::try_new(value.as_ref(), &options)?;
            let text = formatter.value(0).try_to_string()?;
            if kind.is_integer() {
                serde_json::from_str(&text).unwrap_or(Value::String(text))
            } else {
                Value::String(text)
            }
        }
    })
}

fn elements(values: &ArrayRef) -> Result<serde_json::Value, ArrowError> {
    (0..values.len())
        .map(|row| json(values.as_ref(), row))
        .collect::<Result<_, _>>()
        .map(serde_json::Value::Array)
}
