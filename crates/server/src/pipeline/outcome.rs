//! What became of one record (处理结果, R2.5): new, joined to a customer and why, held for review,
//! unchanged, or refused and why.

use domain::intake::Refusal;
use domain::register::CustomerNumber;
use serde::Serialize;
use storage::Transaction;
use utoipa::ToSchema;

use crate::http::Id;
use crate::pipeline::RowOutcome;
use crate::protection::Disclose;
use crate::register::{Reason, RegisterError};
use crate::resolution::reviews_of;

/// What became of a record, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// It opened a customer.
    NewCustomer,
    /// It joined a customer.
    Joined,
    /// A person must look whether it belongs to a customer that has the same number.
    HeldForReview,
    /// It says what stands already.
    Unchanged,
    /// It says of nobody, or cannot be read.
    Refused,
}

/// What became of a record.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Outcome {
    /// The record; none where nothing was written.
    pub record: Option<Id>,
    /// Its series.
    pub series: Option<Id>,
    /// Which version of the series it is, or which one stands.
    pub version: Option<i64>,
    /// What became of it.
    pub outcome: OutcomeKind,
    /// The number of its customer.
    pub customer: Option<String>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The review that was opened.
    pub review: Option<Id>,
}

impl Disclose for Outcome {}

impl From<&Refusal> for Outcome {
    fn from(refusal: &Refusal) -> Self {
        Self {
            record: None,
            series: None,
            version: None,
            outcome: OutcomeKind::Refused,
            customer: None,
            reasons: vec![Reason {
                code: refusal.code(),
                text: refusal.text().into(),
            }],
            review: None,
        }
    }
}

impl Outcome {
    /// What a chunk said of one of its rows.
    pub(super) fn of(row: &RowOutcome) -> Self {
        let outcome = match (row.record, row.reason) {
            (None, _) => OutcomeKind::Unchanged,
            (Some(_), Some(reason)) if reason.is_held() => OutcomeKind::HeldForReview,
            (Some(_), _) if row.joined => OutcomeKind::Joined,
            (Some(_), _) => OutcomeKind::NewCustomer,
        };
        let customer = row.customer.map(CustomerNumber::from_sequence);
        Self {
            record: row.record.map(Id),
            series: Some(Id(row.series)),
            version: Some(row.version),
            outcome,
            customer: customer.map(|number| number.to_string()),
            reasons: row.reason.into_iter().map(Reason::from).collect(),
            review: None,
        }
    }
}

/// Names the open review of each record that is held.
pub(super) async fn name_reviews(
    transaction: &mut Transaction,
    outcomes: &mut [Outcome],
) -> Result<(), RegisterError> {
    let held = |outcome: &Outcome| outcome.outcome == OutcomeKind::HeldForReview;
    let series: Vec<i64> = outcomes
        .iter()
        .filter(|outcome| held(outcome))
        .filter_map(|outcome| outcome.series.map(|series| series.0))
        .collect();
    if series.is_empty() {
        return Ok(());
    }
    let reviews = reviews_of(transaction, &series).await?;
    for outcome in outcomes.iter_mut().filter(|outcome| held(outcome)) {
        let series = outcome.series.map(|series| series.0);
        let review = reviews
            .iter()
            .rev()
            .find(|review| Some(review.left) == series || Some(review.right) == series);
        outcome.review = review.map(|review| Id(review.id));
    }
    Ok(())
}
