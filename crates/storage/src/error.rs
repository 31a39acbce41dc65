//! What can go wrong between a statement and a store.

/// A store that could not be opened, or that refused a statement.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The address names neither a file nor a PostgreSQL database.
    #[error("{0} is neither a path nor a postgres:// address")]
    Address(String),
    /// The store is newer than this program, or its migrations were edited.
    #[error("migrating the store: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A unique value stands there already; somebody else was first.
    #[error("the value stands in the store already: {0}")]
    Duplicate(String),
    /// The store or the connection to it failed.
    #[error("the store failed: {0}")]
    Driver(sqlx::Error),
    /// Writes that shared one commit could not be committed; each of them hears it.
    #[error("the commit that this write shared with others failed: {0}")]
    Shared(String),
    /// The embedded store failed.
    #[error("the store failed: {0}")]
    Embedded(rusqlite::Error),
    /// Work on another thread came to no end.
    #[error("work beside the store failed: {0}")]
    Task(String),
    /// A row that others point to is not there.
    #[error("the store lacks {0}: it was changed from outside")]
    Missing(String),
    /// A row did not have the shape that the reader expects.
    #[error("column {column} of a row cannot be read: {source}")]
    Column {
        /// The position of the column in the row.
        column: usize,
        /// What the driver said.
        source: sqlx::Error,
    },
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) if database.is_unique_violation() => {
                Self::Duplicate(database.message().to_owned())
            }
            _ => Self::Driver(error),
        }
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
        let duplicate = [SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE];
        match error.sqlite_error() {
            Some(failure) if duplicate.contains(&failure.extended_code) => {
                Self::Duplicate(error.to_string())
            }
            _ => Self::Embedded(error),
        }
    }
}
