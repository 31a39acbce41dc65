//! What can go wrong in the register.

use domain::register::{InvalidContent, InvalidPack};
use storage::StorageError;

use crate::protection::KeyError;

/// A use-case of the register that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// No source has this code.
    #[error("no source is called {0}")]
    UnknownSource(String),
    /// A source with this code is there already.
    #[error("a source is called {0} already")]
    SourceExists(String),
    /// No customer has this number.
    #[error("no customer has the number {0}")]
    UnknownCustomer(String),
    /// No record has this id.
    #[error("no record has the id {0}")]
    UnknownRecord(i64),
    /// The packs declare no such attribute.
    #[error("no attribute is called {0}")]
    UnknownAttribute(String),
    /// A value of a request is not what it must be.
    #[error("{field} {problem}")]
    Invalid {
        /// Which value.
        field: &'static str,
        /// What to correct.
        problem: String,
    },
    /// The store has something that this program did not write.
    #[error("record {record}: {source}")]
    Damaged {
        /// Where.
        record: i64,
        /// What.
        source: InvalidContent,
    },
    /// Somebody else changed it in the meantime.
    #[error("it was changed in the meantime")]
    Changed,
    /// The packs lack something.
    #[error(transparent)]
    Pack(#[from] InvalidPack),
    /// The key store or a sealed block.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The store.
    #[error(transparent)]
    Storage(#[from] StorageError),
}
