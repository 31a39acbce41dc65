//! What can go wrong in the register.

use axum::http::StatusCode;
use domain::register::{InvalidContent, InvalidPack};
use storage::StorageError;

use crate::http::{Problem, Text};
use crate::protection::KeyError;
use crate::register::ReviewRefusal;

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
    /// No merge has this id.
    #[error("no merge has the id {0}")]
    UnknownMerge(i64),
    /// No review has this id.
    #[error("no review has the id {0}")]
    UnknownReview(i64),
    /// The packs declare no such attribute.
    #[error("no attribute is called {0}")]
    UnknownAttribute(String),
    /// There is no such kind of party.
    #[error("no kind of party is called {0}")]
    UnknownPartyKind(String),
    /// A value of a request is not what it must be.
    #[error("{field} {}", .problem.en)]
    Invalid {
        /// Which value.
        field: &'static str,
        /// What to correct: in English it goes on from the field, in Chinese it names it.
        problem: Text,
    },
    /// The store has something that this program did not write.
    #[error("record {record}: {source}")]
    Damaged {
        /// Where.
        record: i64,
        /// What.
        source: InvalidContent,
    },
    /// The linkage model of the store cannot be used.
    #[error("the linkage model of {0} cannot be used: {1}")]
    Model(&'static str, String),
    /// The program is ending; nothing was written.
    #[error("the program is ending; nothing was written")]
    Stopping,
    /// Somebody else changed it in the meantime.
    #[error("it was changed in the meantime")]
    Changed,
    /// A review is not to be decided so.
    #[error(transparent)]
    Review(#[from] ReviewRefusal),
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

impl RegisterError {
    /// What to correct about a value of a request: in English it goes on from the name of the field,
    /// in Chinese it says what a person calls it.
    pub fn invalid(field: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let problem = Text::new(zh, en);
        Self::Invalid { field, problem }
    }
}

impl From<RegisterError> for Problem {
    fn from(error: RegisterError) -> Self {
        let detail = error.to_string();
        match error {
            RegisterError::UnknownSource(code) => Self::unknown(
                "unknown_source",
                Text::new(format!("没有来源 {code}"), &detail),
            ),
            RegisterError::SourceExists(code) => Self::conflict(
                "source_exists",
                Text::new(format!("来源 {code} 已存在"), &detail),
            ),
            RegisterError::UnknownCustomer(number) => Self::unknown(
                "unknown_customer",
                Text::new(format!("没有客户号为 {number} 的客户"), &detail),
            ),
            RegisterError::UnknownRecord(id) => Self::unknown(
                "unknown_record",
                Text::new(format!("没有记录 {id}"), &detail),
            ),
            RegisterError::UnknownMerge(id) => Self::unknown(
                "unknown_merge",
                Text::new(format!("没有合并 {id}"), &detail),
            ),
            RegisterError::UnknownReview(id) => Self::unknown(
                "unknown_review",
                Text::new(format!("没有核对任务 {id}"), &detail),
            ),
            RegisterError::UnknownAttribute(name) => Self::new(
                StatusCode::BAD_REQUEST,
                "unknown_attribute",
                Text::new(format!("没有属性 {name}"), &detail),
            )
            .field(name),
            RegisterError::UnknownPartyKind(name) => Self::new(
                StatusCode::BAD_REQUEST,
                "unknown_party_kind",
                Text::new(format!("没有客户类型 {name}"), &detail),
            )
            .field("kind"),
            RegisterError::Invalid { field, problem } => {
                Self::invalid(Text::new(problem.zh, &detail)).field(field)
            }
            RegisterError::Changed => Self::conflict(
                "conflict",
                Text::new("他人刚刚修改过，请刷新后再试", &detail),
            ),
            RegisterError::Damaged { .. }
            | RegisterError::Model(..)
            | RegisterError::Pack(_)
            | RegisterError::Stopping => Self::internal("register", &detail),
            RegisterError::Review(refusal) => refusal.into(),
            RegisterError::Key(error) => error.into(),
            RegisterError::Storage(error) => error.into(),
        }
    }
}
