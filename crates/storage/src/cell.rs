//! A value on its way into a statement.

/// A value bound to a placeholder. Each variant carries its own null, because PostgreSQL asks for
/// the type of a null too.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A `bigint`.
    Integer(Option<i64>),
    /// A `text`.
    Text(Option<String>),
    /// A `bytea`.
    Bytes(Option<Vec<u8>>),
    /// A `boolean`.
    Boolean(bool),
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl From<Option<i64>> for Cell {
    fn from(value: Option<i64>) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<String>> for Cell {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl From<Option<&str>> for Cell {
    fn from(value: Option<&str>) -> Self {
        Self::Text(value.map(str::to_owned))
    }
}

impl From<&[u8]> for Cell {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

impl<const LENGTH: usize> From<[u8; LENGTH]> for Cell {
    fn from(value: [u8; LENGTH]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

impl From<Vec<u8>> for Cell {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

impl From<Option<Vec<u8>>> for Cell {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

/// Binds cells to a query of either driver, by value: a bulk write moves its blobs.
macro_rules! bind_cells {
    ($query:expr, $cells:expr) => {{
        let mut query = $query;
        for cell in $cells {
            query = match cell {
                $crate::Cell::Integer(value) => query.bind(value),
                $crate::Cell::Text(value) => query.bind(value),
                $crate::Cell::Bytes(value) => query.bind(value),
                $crate::Cell::Boolean(value) => query.bind(value),
            };
        }
        query
    }};
}
pub(crate) use bind_cells;
