//! What reviews say over HTTP.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Count, Id, Instant, Text};
use crate::protection::{Disclose, Shown};
use crate::register::{CustomerRow, Reason};
use crate::resolution::wire_evidence::Evidence;

/// How far a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nobody decided yet.
    Open,
    /// One person said that they are one; a second person must agree.
    SecondOpinion,
    /// Decided.
    Decided,
}

/// Who holds the reviews that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// Whoever asks, in whatever state they wait.
    Mine,
    /// Nobody.
    Free,
}

/// In which order reviews that wait come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOrder {
    /// The oldest first.
    #[default]
    Age,
    /// The strongest evidence first; those without any last.
    Evidence,
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

/// Who works at a review, and until when.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewClaim {
    pub by: String,
    pub until: Instant,
    /// Whether that is whoever asks.
    pub mine: bool,
}

/// What somebody said of a review.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewRemark {
    pub at: Instant,
    pub by: String,
    pub reason: String,
    /// Whether that is whoever asks.
    pub mine: bool,
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
    /// How strong the evidence is; none where nothing was weighed.
    pub bits: Option<f64>,
    /// Who works at it.
    pub claim: Option<ReviewClaim>,
    /// Who proposed that they are one, where that takes or took a second person.
    pub proposed: Option<ReviewRemark>,
    /// Which second person did not agree, and why.
    pub returned: Option<ReviewRemark>,
    /// Who decided, and why.
    pub decided: Option<ReviewRemark>,
    /// Why the verdict `same` needs a second person. In a list only where one is waited for.
    pub dangers: Vec<Reason>,
    /// Side by side; only where one review is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<ReviewField>>,
    /// Weighed; only where one review is asked for and both records can be compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
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

/// What a second person says of a proposal.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondOpinion {
    /// Whether they agree; if not, the review is open again.
    pub agrees: bool,
    /// Why.
    pub reason: String,
}

/// How many reviews are open for one reason.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReasonCount {
    pub reason: Reason,
    pub count: i64,
}

/// How many reviews there are of each kind. Counting stops at ten thousand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewCounts {
    pub open: Count,
    /// Open ones that nobody holds.
    pub free: Count,
    /// Those that whoever asks holds.
    pub mine: Count,
    pub second_opinion: Count,
    pub decided: Count,
    /// Open ones by reason.
    pub reasons: Vec<ReasonCount>,
}

impl Disclose for Review {}
impl Disclose for ReviewCounts {}
