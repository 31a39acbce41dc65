//! What can be wrong with a model.

use crate::model::{MOST_FIELDS, RARITIES};

/// Why a model does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelProblem {
    /// Written for another edition of the program.
    #[error("the model has version {0}, this program reads version 1")]
    Version(u32),
    /// A column that the table lacks.
    #[error("the model compares a column {0}, which the table does not have")]
    UnknownColumn(String),
    /// A rule or a dependence names a column that is no field of the model.
    #[error("the model names a column {0}, which is none of its fields")]
    UnknownField(String),
    /// A level has neither one number nor eight.
    #[error("level {agreement} of column {field} gives {found} numbers, it wants 1 or {RARITIES}")]
    Bits {
        /// The column.
        field: String,
        /// The level.
        agreement: &'static str,
        /// How many there are.
        found: usize,
    },
    /// Something is not finite that is added up.
    #[error("the model gives {0} a number that is infinite or none")]
    NotFinite(String),
    /// What is said of frequent values is none of it.
    #[error("what the model says of frequent values of column {0} cannot be read")]
    Frequent(String),
    /// A limit that leaves nothing.
    #[error("the limits of the model must be at least 1")]
    Limits,
    /// A rule without a part or with more than two.
    #[error("rule {0} has {1} parts, it wants 1 or 2")]
    Parts(usize, usize),
    /// More fields than a pair has room for.
    #[error("the model has {0} fields, at most {MOST_FIELDS} can be compared")]
    Fields(usize),
}
