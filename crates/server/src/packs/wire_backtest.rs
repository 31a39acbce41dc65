//! Back-tests as a client sees them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Id, Instant, Text};
use crate::packs::backtest_row::BacktestRow;
use crate::packs::wire::RuleVerdict;
use crate::protection::Disclose;

/// Where a back-test stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BacktestState {
    /// It is judging the book.
    Running,
    /// What would move is there.
    Ready,
    /// It stopped; nothing was changed.
    Failed,
}

impl BacktestState {
    /// The word in JSON and in the store.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    pub(super) fn named(word: &str) -> Self {
        match word {
            "running" => Self::Running,
            "ready" => Self::Ready,
            _ => Self::Failed,
        }
    }
}

/// A back-test (回测).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Backtest {
    pub id: Id,
    /// The edition that was tried.
    pub edition: Id,
    /// The revision of the draft that was tried.
    pub revision: i64,
    /// The day on whose rules customers are judged.
    pub day: String,
    pub state: BacktestState,
    pub started_at: Instant,
    pub started_by: String,
    /// Customers judged so far.
    pub done: i64,
    /// Customers to judge.
    pub total: i64,
    pub finished_at: Option<Instant>,
    /// Why it stopped.
    pub problem: Option<Text>,
    pub result: Option<BacktestResult>,
}

impl Disclose for Backtest {}

/// What a back-test found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BacktestResult {
    /// How many customers were judged.
    pub customers: i64,
    /// The rules that say something else of somebody, those that move most first.
    pub rules: Vec<Moved>,
    /// The unit as whose customers the whole book was judged, with its own packs: the register does not know which
    /// customers are whose. None where the packs for all judged alone.
    #[serde(default)]
    pub branch: Option<String>,
}

/// A rule and what would move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Moved {
    /// The rule by its id.
    pub rule: String,
    /// Its kind, as `scorecard`.
    pub kind: String,
    /// What it says.
    pub label: Text,
    /// How many customers were judged.
    pub judged: i64,
    /// Of how many customers it says something else.
    pub moved: i64,
    /// The movement matrix (变动矩阵), also of those that stay.
    pub matrix: Vec<Move>,
    /// Some of those that move, with reasons; a customer that was erased is left out.
    pub sampled: Vec<MovedCustomer>,
}

/// Customers that go from one outcome to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Move {
    /// The outcome by the rules in force; `absent` where they do not have the rule.
    pub from: String,
    /// The outcome by the draft.
    pub to: String,
    pub customers: i64,
}

/// A customer that moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MovedCustomer {
    /// The customer number.
    pub customer: String,
    pub before: Option<RuleVerdict>,
    pub after: Option<RuleVerdict>,
}

/// A back-test that somebody wants.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBacktest {
    /// The unit whose own packs count too; that of the edition unless said.
    #[serde(default)]
    pub branch: Option<String>,
}

impl Backtest {
    pub(super) fn of(row: BacktestRow, result: Option<BacktestResult>) -> Self {
        Self {
            id: Id(row.id),
            edition: Id(row.edition),
            revision: row.revision,
            day: rulebook::written_day(row.day),
            state: row.state,
            started_at: Instant(row.started_at),
            started_by: row.started_by,
            done: row.done,
            total: row.total,
            finished_at: row.finished_at.map(Instant),
            problem: row.problem,
            result,
        }
    }
}
