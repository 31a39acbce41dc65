//! Decisions by rules as a client sees them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Id, Instant, Text};
use crate::packs::wire::RuleVerdict;
use crate::protection::Disclose;

/// What the rules in force said of a customer (规则结论).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleDecision {
    pub id: Id,
    /// The customer number under which it was taken, which may lead to another customer since.
    pub customer: String,
    /// The day on whose rules it was judged.
    pub day: String,
    /// The unit whose own packs counted too.
    pub branch: Option<String>,
    /// The editions that were in force, from the lowest.
    pub editions: Vec<DecidedBy>,
    /// Whether what it kept was erased with the customer's key; then it has no judgements any more.
    pub erased: bool,
    pub judgements: Vec<RuleJudgement>,
    pub made_at: Instant,
    pub made_by: String,
}

impl Disclose for RuleDecision {}

/// A decision that somebody wants.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRuleDecision {
    /// The unit whose own packs count too; those for all alone unless said.
    #[serde(default)]
    pub branch: Option<String>,
}

/// An edition that a decision stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DecidedBy {
    pub edition: Id,
    pub pack: String,
    pub version: String,
}

/// What one rule said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RuleJudgement {
    pub rule: String,
    pub kind: String,
    pub label: Text,
    pub pack: String,
    #[serde(flatten)]
    pub verdict: RuleVerdict,
}

/// A decision made again from what was kept of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Replay {
    /// Whether the same facts under the same editions gave the same bytes.
    pub same: bool,
    /// What the same facts would give under the rules in force today, where that is something else.
    pub today: Vec<RuleJudgement>,
}

impl Disclose for Replay {}
