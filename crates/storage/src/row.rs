//! A row on its way out of a store.

use rusqlite::types::{FromSql, Value};
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::StorageError;

/// A row of either database, read by position in the order that the statement selects.
#[derive(Debug)]
pub struct Row(pub(crate) Inner);

#[derive(Debug)]
pub(crate) enum Inner {
    Embedded(Vec<Value>),
    Postgres(PgRow),
}

macro_rules! getter {
    ($(#[$document:meta])* $name:ident -> $kind:ty) => {
        $(#[$document])*
        pub fn $name(&self, column: usize) -> Result<$kind, StorageError> {
            match &self.0 {
                Inner::Embedded(values) => embedded(values, column),
                Inner::Postgres(row) => row.try_get(column),
            }
            .map_err(|source| StorageError::Column { column, source })
        }
    };
}

/// What the embedded store gave, in the type that is wanted.
fn embedded<T: FromSql>(values: &[Value], column: usize) -> Result<T, sqlx::Error> {
    let value = values
        .get(column)
        .ok_or(sqlx::Error::ColumnIndexOutOfBounds {
            index: column,
            len: values.len(),
        })?;
    T::column_result(value.into()).map_err(|error| sqlx::Error::Decode(error.into()))
}

impl Row {
    getter!(
        /// A `bigint` that is never null.
        integer -> i64
    );
    getter!(
        /// A `bigint` or null.
        optional_integer -> Option<i64>
    );
    getter!(
        /// A `text` that is never null.
        text -> String
    );
    getter!(
        /// A `text` or null.
        optional_text -> Option<String>
    );
    getter!(
        /// A `bytea` that is never null.
        bytes -> Vec<u8>
    );
    getter!(
        /// A `bytea` or null.
        optional_bytes -> Option<Vec<u8>>
    );
    getter!(
        /// A `boolean` that is never null.
        boolean -> bool
    );

    /// A `bytea` of a known length, such as a digest.
    pub fn array<const LENGTH: usize>(&self, column: usize) -> Result<[u8; LENGTH], StorageError> {
        let bytes = self.bytes(column)?;
        bytes
            .try_into()
            .map_err(|bytes: Vec<u8>| StorageError::Column {
                column,
                source: sqlx::Error::Decode(
                    format!("has {} bytes, {LENGTH} are required", bytes.len()).into(),
                ),
            })
    }
}
