//! Where a batch stands, and the words for it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a batch stands. The store keeps the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// Rows are being written, or would be if nobody had stopped.
    Running,
    /// It stopped and can be resumed.
    Interrupted,
    /// Every row is a record or in quarantine.
    Finished,
    /// It could not go on.
    Failed,
    /// Its records are being retired.
    Withdrawing,
    /// Its records were retired.
    Withdrawn,
}

impl BatchState {
    /// The word in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Interrupted => "interrupted",
            Self::Finished => "finished",
            Self::Failed => "failed",
            Self::Withdrawing => "withdrawing",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with a word of the store.
    pub fn from_name(name: &str) -> Self {
        match name {
            "running" => Self::Running,
            "interrupted" => Self::Interrupted,
            "finished" => Self::Finished,
            "withdrawing" => Self::Withdrawing,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Failed,
        }
    }
}
