//! What resolution says over HTTP.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Id, Instant, Text};
use crate::protection::Disclose;
use crate::register::Reason;

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

/// What became of the wish to merge two customers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MergeOutcome {
    /// The merge, by which it can be taken back; none where a second person must agree first.
    pub merge: Option<Id>,
    /// The number that goes on, or will.
    pub survivor: String,
    /// The review where a second person agrees or does not.
    pub review: Option<Id>,
    /// Why one person is not enough; empty where the two are one now.
    pub dangers: Vec<Reason>,
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

/// What happened to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Record,
    Version,
    Joined,
    Merged,
    Unmerged,
    Split,
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
impl Disclose for TimelineEntry {}
