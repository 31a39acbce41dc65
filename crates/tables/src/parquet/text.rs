//! One decoded batch as text.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType};

use crate::chunk::{Chunk, RejectedRow, RowProblem};
use crate::detect::Format;
use crate::error::TableProblem;
use crate::limits::Limits;
use crate::place::Place;

/// A batch whose columns are all text.
pub(crate) struct Batch {
    columns: Vec<TextColumn>,
    rows: usize,
}

/// A column of a batch: text as it came, or text made from it.
enum TextColumn {
    Given(arrow_array::StringArray),
    Made(crate::chunk::Column),
}

impl TextColumn {
    fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Given(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Made(column) => column.get(row),
        }
    }
}

impl Batch {
    pub(crate) fn of(batch: &RecordBatch, place: Place) -> Result<Self, TableProblem> {
        let columns = batch
            .columns()
            .iter()
            .map(text_column)
            .collect::<Result<_, _>>();
        Ok(Self {
            columns: columns.map_err(|error| place.damaged(Format::Parquet, error))?,
            rows: batch.num_rows(),
        })
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
    let mut column = crate::chunk::Column::new();
    for row in 0..array.len() {
        column.push(writer.text(row)?.as_deref());
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
    /// Bytes, which are text where they are UTF-8 and hexadecimal where not.
    Bytes(&'a dyn Array, ArrayFormatter<'a>),
    Json(&'a dyn Array),
}

impl<'a> CellWriter<'a> {
    fn of(array: &'a dyn Array) -> Result<Self, ArrowError> {
        let options = FormatOptions::default().with_display_error(false);
        Ok(match array.data_type() {
            kind if kind.is_nested() => Self::Json(array),
            DataType::Binary => Self::Bytes(array, ArrayFormatter::try_new(array, &options)?),
            _ => Self::Text(array, ArrayFormatter::try_new(array, &options)?),
        })
    }

    fn text(&self, row: usize) -> Result<Option<Cow<'a, str>>, ArrowError> {
        Ok(match self {
            Self::Text(array, _) | Self::Bytes(array, _) | Self::Json(array)
                if array.is_null(row) =>
            {
                None
            }
            Self::Text(_, formatter) => Some(formatter.value(row).try_to_string()?.into()),
            Self::Bytes(array, formatter) => {
                let bytes = array.as_binary::<i32>().value(row);
                Some(match std::str::from_utf8(bytes) {
                    Ok(text) => text.to_owned().into(),
                    Err(_) => formatter.value(row).try_to_string()?.into(),
                })
            }
            Self::Json(array) => Some(json(*array, row)?.to_string().into()),
        })
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
