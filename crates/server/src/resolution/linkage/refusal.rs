//! Why a run over the whole book is not started, not applied, or stopped.

use storage::StorageError;

use crate::http::{Problem, Text};
use crate::register::RegisterError;

/// A run that is refused, or that stopped.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// No run has this id.
    #[error("no run over the book has the id {0}")]
    Unknown(i64),
    /// Another run of the family is not over.
    #[error("run {0} over the same book is not over: apply it or discard it first")]
    Open(i64),
    /// It is not in a state in which that can be done.
    #[error("the run is not ready any more, or not yet")]
    NotReady,
    /// Whoever started it cannot be the second person too.
    #[error("a second person with another account must apply the run; you may discard it")]
    SecondPerson,
    /// Too little to learn from.
    #[error("{records} records are too few to learn a model from; {least} are needed")]
    TooFew {
        /// How many there are.
        records: usize,
        /// How many are needed.
        least: usize,
    },
    /// Another model is in force than when it began.
    #[error("another model has come into force since the run began: start it again")]
    OtherModel,
    /// So much came in meanwhile that it must be looked at again.
    #[error(
        "{0} records came in while the run was applied: start it again when no import is running"
    )]
    Overtaken(usize),
    /// The model cannot be used.
    #[error("the model cannot be used: {0}")]
    Model(String),
    /// The register or the store.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

impl From<StorageError> for RunError {
    fn from(error: StorageError) -> Self {
        Self::Register(error.into())
    }
}

impl RunError {
    /// What a person reads where the run is shown.
    pub fn text(&self) -> Text {
        let zh = match self {
            Self::Unknown(id) => format!("没有整库重新识别任务 {id}"),
            Self::Open(id) => format!("同类记录的任务 {id} 尚未结束，请先应用或放弃"),
            Self::NotReady => "任务当前状态不允许此操作，请刷新".to_owned(),
            Self::SecondPerson => "须由另一账号的人员应用；您可以放弃此任务".to_owned(),
            Self::TooFew { records, least } => {
                format!("仅有 {records} 条记录，不足以学习模型（至少 {least} 条）")
            }
            Self::OtherModel => "任务开始后识别模型已更换，请重新发起".to_owned(),
            Self::Overtaken(records) => {
                format!("应用期间新到 {records} 条记录，请在没有导入任务时重新发起")
            }
            Self::Model(_) => "模型无法使用".to_owned(),
            Self::Register(_) => "系统内部错误，未作任何更改".to_owned(),
        };
        let en = match self {
            Self::Register(_) => "an error of the system; nothing was changed".to_owned(),
            other => other.to_string(),
        };
        Text::new(zh, en)
    }
}

impl From<RunError> for Problem {
    fn from(error: RunError) -> Self {
        let text = error.text();
        match error {
            RunError::Unknown(_) => Self::unknown("unknown_linkage_run", text),
            RunError::Open(_) => Self::conflict("linkage_run_open", text),
            RunError::SecondPerson => Self::conflict("second_person_needed", text),
            RunError::NotReady
            | RunError::TooFew { .. }
            | RunError::OtherModel
            | RunError::Overtaken(_) => Self::conflict("conflict", text),
            RunError::Model(problem) => Self::internal("linkage", &problem),
            RunError::Register(error) => error.into(),
        }
    }
}
