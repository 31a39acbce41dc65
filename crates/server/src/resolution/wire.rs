//! What resolution says over HTTP.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Id, Instant, Text};
use crate::protection::{Disclose, Shown};
use crate::register::{CustomerRow, Reason};

/// Which customer is to become one with that of the address, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerge {
    /// The number of the other customer.
    pub absorbed: String,
    /// Why.
    pub reason: String,
}

/// Why something is done.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    /// Why.
    pub reason: String,
}

/// What became of a merge.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MergeOutcome {
    /// The merge, by which it can be taken back.
    pub merge: Id,
    /// The number that goes on.
    pub survivor: String,
}

/// A merge.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Merge {
    pub id: Id,
    pub at: Instant,
    pub actor: String,
    pub survivor: String,
    pub absorbed: String,
    pub reason: String,
    /// When it was taken back.
    pub undone_at: Option<Instant>,
}

/// Whether somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    #[default]
    Open,
    Decided,
}

/// What somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Same,
    Different,
}

/// One field of the two records that a review is about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewField {
    pub attribute: String,
    pub label: Text,
    pub left: Option<Shown>,
    pub right: Option<Shown>,
    /// `agrees`, `similar`, `disagrees` or `missing`.
    #[schema(value_type = String)]
    pub agreement: &'static str,
}

/// A pair that a person must look at (疑似同一客户).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Review {
    pub id: Id,
    pub opened_at: Instant,
    pub reason: Reason,
    pub left: CustomerRow,
    pub right: CustomerRow,
    pub state: Progress,
    pub verdict: Option<Verdict>,
    /// Side by side; only where one review is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<ReviewField>>,
}

/// A decision about a review.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Whether the two are one party.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}

/// What happened to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Record,
    Version,
    Joined,
    Merged,
    Unmerged,
    Withdrawn,
    Corrected,
    Unmasked,
    Review,
}

/// One thing that happened to a customer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimelineEntry {
    pub at: Instant,
    pub kind: EventKind,
    pub text: Text,
    pub actor: Option<String>,
    pub record: Option<Id>,
}

impl Disclose for MergeOutcome {}
impl Disclose for Merge {}
impl Disclose for Review {}
impl Disclose for TimelineEntry {}
