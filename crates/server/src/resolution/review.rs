//! Reviews (疑似同一客户): pairs that a person must look at, as the store keeps them.

use domain::resolution::{Danger, Hold, MembershipReason};
use storage::{Row, Rows, StorageError, Transaction};

use crate::clock::Micros;
use crate::register::RegisterError;
use crate::store::allocate;

/// What became of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewState {
    /// Nobody decided yet.
    Open,
    /// One person said that they are one party; a second one must agree (待复核).
    SecondOpinion,
    /// They are one party.
    Same,
    /// They are two.
    Different,
}

impl ReviewState {
    /// The word that the store keeps.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::SecondOpinion => "second_opinion",
            Self::Same => "same",
            Self::Different => "different",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "same" => Self::Same,
            "different" => Self::Different,
            "second_opinion" => Self::SecondOpinion,
            _ => Self::Open,
        }
    }

    /// Whether somebody must still do something.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Open | Self::SecondOpinion)
    }
}

/// Who holds a review, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// Who.
    pub by: String,
    /// Until when.
    pub until: Micros,
}

/// What somebody said of a review at some instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// When.
    pub at: Micros,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A review as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Its id.
    pub id: i64,
    /// When it was opened.
    pub opened_at: Micros,
    /// One series.
    pub left: i64,
    /// The other series.
    pub right: i64,
    /// Why a person must look.
    pub reason: Option<MembershipReason>,
    /// What became of it.
    pub state: ReviewState,
    /// Who decided it.
    pub decided: Option<Said>,
    /// How strong the evidence is, in thousandths of a bit; none where nothing was weighed.
    pub millibits: Option<i64>,
    /// Who holds it, even when the time is over.
    pub claim: Option<ClaimRow>,
    /// Who proposed that they are one, where a second person must agree or has agreed.
    pub proposed: Option<Said>,
    /// Why a second person must agree.
    pub dangers: Vec<Danger>,
    /// Which second person did not agree.
    pub returned: Option<Said>,
}

/// A review about to be opened.
#[derive(Debug, Clone, Copy)]
pub struct NewReview {
    /// One series.
    pub left: i64,
    /// The other series.
    pub right: i64,
    /// Why a person must look.
    pub reason: MembershipReason,
    /// How strong the evidence is, in bits; none where nothing was weighed.
    pub bits: Option<f64>,
}

/// Opens a review for each hold; a pair that has one keeps it.
pub async fn open_reviews(
    transaction: &mut Transaction,
    opened_at: Micros,
    holds: &[Hold],
) -> Result<(), StorageError> {
    let reviews: Vec<NewReview> = holds
        .iter()
        .map(|hold| NewReview {
            left: hold.asking,
            right: hold.other,
            reason: hold.reason,
            bits: Some(f64::from(hold.bits)),
        })
        .collect();
    insert_reviews(transaction, opened_at, &reviews).await
}

/// Opens reviews; a pair that has one keeps it.
pub async fn insert_reviews(
    transaction: &mut Transaction,
    opened_at: Micros,
    reviews: &[NewReview],
) -> Result<(), StorageError> {
    if reviews.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(reviews.len()).unwrap_or(i64::MAX);
    let first = allocate(transaction, "review", count).await?;
    let mut rows = Rows::with_capacity(7, reviews.len());
    for (id, review) in (first..).zip(reviews) {
        rows.push([
            id.into(),
            opened_at.into(),
            review.left.min(review.right).into(),
            review.left.max(review.right).into(),
            review.reason.number().into(),
            ReviewState::Open.word().into(),
            review.bits.map(millibits).into(),
        ]);
    }
    let conflict = "on conflict (left_series_id, right_series_id) do nothing";
    transaction
        .insert_many(include_str!("insert_review.sql"), rows, conflict)
        .await
}

/// Bits as the store keeps them.
#[expect(
    clippy::cast_possible_truncation,
    reason = "evidence is some dozens of bits; what is no number becomes nought"
)]
fn millibits(bits: f64) -> i64 {
    (bits.clamp(-1e6, 1e6) * 1_000.0).round() as i64
}

/// Every review that the given series take part in, in the order of their ids.
pub async fn reviews_of(
    transaction: &mut Transaction,
    series: &[i64],
) -> Result<Vec<ReviewRow>, StorageError> {
    let mut rows = transaction
        .fetch_by_keys(include_str!("reviews_by_left.sql"), series)
        .await?;
    rows.extend(
        transaction
            .fetch_by_keys(include_str!("reviews_by_right.sql"), series)
            .await?,
    );
    let mut reviews = rows
        .iter()
        .map(into_review)
        .collect::<Result<Vec<_>, _>>()?;
    reviews.sort_unstable_by_key(|review| review.id);
    reviews.dedup();
    Ok(reviews)
}

/// The reviews of one part of the given series against the other.
pub(super) async fn reviews_between(
    transaction: &mut Transaction,
    left: &[i64],
    right: &[i64],
) -> Result<Vec<ReviewRow>, StorageError> {
    let mut reviews = reviews_of(transaction, left).await?;
    reviews.retain(|review| right.contains(&review.left) || right.contains(&review.right));
    Ok(reviews)
}

/// A review by its id.
pub async fn find_review(
    transaction: &mut Transaction,
    id: i64,
) -> Result<ReviewRow, RegisterError> {
    let row = transaction
        .fetch_optional(include_str!("find_review.sql"), [id.into()])
        .await?;
    let row = row.ok_or(RegisterError::UnknownReview(id))?;
    Ok(into_review(&row)?)
}

/// Closes a review that waits. Gives whether it did.
pub(super) async fn close_review(
    transaction: &mut Transaction,
    decided_at: Micros,
    id: i64,
    state: ReviewState,
    actor: &str,
    reason: &str,
) -> Result<bool, StorageError> {
    let cells = [
        state.word().into(),
        decided_at.into(),
        actor.into(),
        reason.into(),
        id.into(),
    ];
    let closed = transaction
        .execute(include_str!("decide_review.sql"), cells)
        .await?;
    Ok(closed > 0)
}

/// Closes the open reviews among series that turned out to be one customer.
pub async fn close_within(
    transaction: &mut Transaction,
    decided_at: Micros,
    series: &[i64],
    actor: &str,
    reason: &str,
) -> Result<(), StorageError> {
    for review in reviews_of(transaction, series).await? {
        let within = series.contains(&review.left) && series.contains(&review.right);
        if within && review.state.is_waiting() {
            let same = ReviewState::Same;
            close_review(transaction, decided_at, review.id, same, actor, reason).await?;
        }
    }
    Ok(())
}

/// Overrules what somebody decided before.
pub(super) async fn overrule_review(
    transaction: &mut Transaction,
    decided_at: Micros,
    id: i64,
    state: ReviewState,
    actor: &str,
    reason: &str,
) -> Result<(), StorageError> {
    let cells = [
        state.word().into(),
        decided_at.into(),
        actor.into(),
        reason.into(),
        id.into(),
    ];
    transaction
        .execute(include_str!("overrule_review.sql"), cells)
        .await?;
    Ok(())
}

/// Opens again what a merge closed: no two writes have the same instant. What a person brought and
/// not the machine is settled: whoever takes the merge back says that they are two.
pub(super) async fn reopen_reviews(
    transaction: &mut Transaction,
    now: Micros,
    decided_at: Micros,
    actor: &str,
    reason: &str,
) -> Result<(), StorageError> {
    let proposed = MembershipReason::Proposed.number();
    let cells = [decided_at.into(), proposed.into()];
    transaction
        .execute(include_str!("reopen_reviews.sql"), cells)
        .await?;
    let cells = [
        now.into(),
        actor.into(),
        reason.into(),
        decided_at.into(),
        proposed.into(),
    ];
    transaction
        .execute(include_str!("overrule_proposals.sql"), cells)
        .await?;
    Ok(())
}

pub(super) fn into_review(row: &Row) -> Result<ReviewRow, StorageError> {
    let dangers = row.optional_text(15)?.unwrap_or_default();
    let claim = (row.optional_text(10)?, row.optional_integer(11)?);
    Ok(ReviewRow {
        id: row.integer(0)?,
        opened_at: row.integer(1)?,
        left: row.integer(2)?,
        right: row.integer(3)?,
        reason: MembershipReason::from_number(row.integer(4)?),
        state: ReviewState::from_word(&row.text(5)?),
        decided: said(row, 6)?,
        millibits: row.optional_integer(9)?,
        claim: match claim {
            (Some(by), Some(until)) => Some(ClaimRow { by, until }),
            _ => None,
        },
        proposed: said(row, 12)?,
        dangers: dangers.split(',').filter_map(Danger::from_code).collect(),
        returned: said(row, 16)?,
    })
}

/// When, who and why, in three columns from one on.
fn said(row: &Row, first: usize) -> Result<Option<Said>, StorageError> {
    let at = row.optional_integer(first)?;
    let by = row.optional_text(first + 1)?;
    let reason = row.optional_text(first + 2)?;
    Ok(at.zip(by).map(|(at, by)| Said {
        at,
        by,
        reason: reason.unwrap_or_default(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_kept_in_thousandths_whatever_they_are() {
        assert_eq!(millibits(12.345_6), 12_346);
        assert_eq!(millibits(-0.5), -500);
        assert_eq!(millibits(f64::NAN), 0);
        assert_eq!(millibits(f64::INFINITY), 1_000_000_000);
    }
}
