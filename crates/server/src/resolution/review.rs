//! Reviews (疑似同一客户): pairs that a person must look at.

use domain::resolution::{Hold, MembershipReason};
use storage::{Row, Rows, StorageError, Transaction};

use crate::clock::Micros;
use crate::http::Count;
use crate::register::RegisterError;
use crate::store::allocate;

/// What became of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewState {
    /// Nobody decided yet.
    Open,
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
            Self::Same => "same",
            Self::Different => "different",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "same" => Self::Same,
            "different" => Self::Different,
            _ => Self::Open,
        }
    }
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
    /// When it was decided.
    pub decided_at: Option<Micros>,
    /// By whom.
    pub decided_by: Option<String>,
}

/// Opens a review for each hold; a pair that has one keeps it. Gives how many were held.
pub async fn open_reviews(
    transaction: &mut Transaction,
    opened_at: Micros,
    holds: &[Hold],
) -> Result<(), StorageError> {
    if holds.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(holds.len()).unwrap_or(i64::MAX);
    let first = allocate(transaction, "review", count).await?;
    let mut rows = Rows::with_capacity(6, holds.len());
    for (id, hold) in (first..).zip(holds) {
        let (left, right) = (hold.asking.min(hold.other), hold.asking.max(hold.other));
        rows.push([
            id.into(),
            opened_at.into(),
            left.into(),
            right.into(),
            hold.reason.number().into(),
            ReviewState::Open.word().into(),
        ]);
    }
    let conflict = "on conflict (left_series_id, right_series_id) do nothing";
    transaction
        .insert_many(include_str!("insert_review.sql"), rows, conflict)
        .await
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

/// Up to `limit + 1` reviews: open ones oldest first, decided ones newest first. And how many
/// there are.
pub async fn list_reviews(
    transaction: &mut Transaction,
    open: bool,
    after: Option<i64>,
    limit: i64,
) -> Result<(Vec<ReviewRow>, Count), StorageError> {
    let (list, count, start) = if open {
        let list = include_str!("list_open_reviews.sql");
        (list, include_str!("count_open_reviews.sql"), 0)
    } else {
        let list = include_str!("list_decided_reviews.sql");
        (list, include_str!("count_decided_reviews.sql"), i64::MAX)
    };
    let cells = [after.unwrap_or(start).into(), (limit + 1).into()];
    let rows = transaction.fetch_all(list, cells).await?;
    let reviews = rows.iter().map(into_review).collect::<Result<_, _>>()?;
    let counted = transaction.fetch_one(count, []).await?;
    Ok((reviews, Count::up_to(counted.integer(0)?)))
}

/// Closes an open review. Gives whether it was open.
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
        if within && review.state == ReviewState::Open {
            let same = ReviewState::Same;
            close_review(transaction, decided_at, review.id, same, actor, reason).await?;
        }
    }
    Ok(())
}

/// Opens again what a merge closed: no two writes have the same instant.
pub(super) async fn reopen_reviews(
    transaction: &mut Transaction,
    decided_at: Micros,
) -> Result<(), StorageError> {
    transaction
        .execute(include_str!("reopen_reviews.sql"), [decided_at.into()])
        .await?;
    Ok(())
}

fn into_review(row: &Row) -> Result<ReviewRow, StorageError> {
    Ok(ReviewRow {
        id: row.integer(0)?,
        opened_at: row.integer(1)?,
        left: row.integer(2)?,
        right: row.integer(3)?,
        reason: MembershipReason::from_number(row.integer(4)?),
        state: ReviewState::from_word(&row.text(5)?),
        decided_at: row.optional_integer(6)?,
        decided_by: row.optional_text(7)?,
    })
}
