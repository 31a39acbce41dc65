//! What can go wrong in intake, and what a client is told of it.

use axum::http::StatusCode;
use domain::intake::InvalidMapping;
use storage::StorageError;
use tables::{TableError, TableProblem};

use crate::http::{Problem, Text};
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
    /// No upload has this number.
    #[error("no upload has the number {0}; uploads are kept for a week")]
    UnknownUpload(i64),
    /// No batch has this number.
    #[error("no batch has the number {0}")]
    UnknownBatch(i64),
    /// No row in quarantine has this number.
    #[error("no row in quarantine has the number {0}")]
    UnknownRow(i64),
    /// No mapping of the source has this name.
    #[error("the source has no mapping called {0}")]
    UnknownMapping(String),
    /// A corrected row names a column that the row does not have.
    #[error("the row has no column {0}")]
    UnknownColumn(String),
    /// Somebody else writes this batch, or withdrew it.
    #[error("batch {0} is written by somebody else, or was withdrawn")]
    Elsewhere(i64),
    /// What is asked for does not fit the state.
    #[error("{}", .0.en)]
    State(Text),
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

impl IntakeError {
    /// What does not fit the state, in both languages.
    pub fn state(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::State(Text::new(zh, en))
    }
}

impl From<IntakeError> for Problem {
    fn from(error: IntakeError) -> Self {
        let detail = error.to_string();
        let unknown = |code, zh: &str| Self::unknown(code, Text::new(zh, &detail));
        match error {
            IntakeError::Table(error) => of_table(&error),
            IntakeError::Mapping(InvalidMapping::UnknownAttribute(_)) => Self::new(
                StatusCode::BAD_REQUEST,
                "unknown_attribute",
                Text::new("映射中有未声明的属性", &detail),
            )
            .field("attribute"),
            IntakeError::Mapping(InvalidMapping::UnknownColumn(_))
            | IntakeError::UnknownColumn(_) => Self::new(
                StatusCode::BAD_REQUEST,
                "unknown_column",
                Text::new("没有这一列", &detail),
            )
            .field("column"),
            IntakeError::File { error, .. } => Self::internal("file", &error),
            IntakeError::UnknownUpload(_) => {
                unknown("unknown_upload", "没有这个上传文件（上传文件保留一周）")
            }
            IntakeError::UnknownBatch(_) => unknown("unknown_batch", "没有这个批次"),
            IntakeError::UnknownRow(_) => unknown("unknown_row", "没有这条待更正记录"),
            IntakeError::UnknownMapping(_) => unknown("unknown_mapping", "来源没有这个字段映射"),
            IntakeError::Elsewhere(_) => {
                Self::conflict("conflict", Text::new("批次正由他人写入，或已撤回", &detail))
            }
            IntakeError::State(text) => Self::conflict("conflict", text),
            IntakeError::Register(error) => error.into(),
            IntakeError::Key(error) => error.into(),
            IntakeError::Storage(error) => error.into(),
        }
    }
}

/// A file that cannot be read is the sender's to correct, unless our own disk failed.
fn of_table(error: &TableError) -> Problem {
    if let TableProblem::Io(cause) = &error.problem {
        return Problem::internal("file", cause);
    }
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        error.code(),
        Text::new(error.zh(), error.to_string()),
    )
    .detail_zh(error.zh())
}
