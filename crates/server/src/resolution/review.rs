//! Reviews (疑似同一客户): pairs that a person must look at.

use domain::resolution::{Hold, MembershipReason};
use storage::{Rows, StorageError, Transaction};

use crate::clock::Micros;
use crate::store::allocate;

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
    /// `open`, `same` or `different`.
    pub state: String,
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
            MembershipReason::Held(hold.kind).number().into(),
            "open".into(),
        ]);
    }
    let conflict = "on conflict (left_series_id, right_series_id) do nothing";
    transaction
        .insert_many(include_str!("insert_review.sql"), rows, conflict)
        .await
}

/// The open review of each of the given series, if it has one.
pub async fn review_states(
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
        .map(|row| {
            Ok(ReviewRow {
                id: row.integer(0)?,
                opened_at: row.integer(1)?,
                left: row.integer(2)?,
                right: row.integer(3)?,
                reason: MembershipReason::from_number(row.integer(4)?),
                state: row.text(5)?,
            })
        })
        .collect::<Result<Vec<_>, StorageError>>()?;
    reviews.sort_unstable_by_key(|review| review.id);
    reviews.dedup();
    Ok(reviews)
}
