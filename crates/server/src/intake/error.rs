//! What can go wrong in intake.

use domain::intake::InvalidMapping;
use storage::StorageError;
use tables::TableError;

use crate::protection::KeyError;
use crate::register::RegisterError;

/// A use-case of intake that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The file cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The mapping does not fit.
    #[error(transparent)]
    Mapping(#[from] InvalidMapping),
    /// The file itself cannot be opened.
    #[error("{name}: {error}")]
    File {
        /// Which file.
        name: String,
        /// Why.
        error: std::io::Error,
    },
    /// No batch has this number.
    #[error("no batch has the number {0}")]
    UnknownBatch(i64),
    /// No row in quarantine has this number.
    #[error("no row in quarantine has the number {0}")]
    UnknownRow(i64),
    /// No mapping of the source has this name.
    #[error("the source has no mapping called {0}")]
    UnknownMapping(String),
    /// What is asked for does not fit the state.
    #[error("{0}")]
    State(String),
    /// The register.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The key store or a sealed block.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The store.
    #[error(transparent)]
    Storage(#[from] StorageError),
}
