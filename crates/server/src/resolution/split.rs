//! Splitting a customer (拆分): some of its record series become a customer of their own, dated, with
//! a reason; the number stays with the rest, and no machine joins the two parts again.

use domain::register::CustomerNumber;
use domain::resolution::MembershipReason;
use serde_json::json;
use storage::{Row, StorageError, Transaction};

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::register::{CustomerId, RegisterError, create_customers, redirect_of, refold_after};
use crate::resolution::decide::Decider;
use crate::resolution::judgement::judge;
use crate::resolution::merge::{move_series, standing_series};
use crate::resolution::review::{ReviewState, close_review, overrule_review, reviews_between};
use crate::store::{Store, allocate};

/// So many pairs are judged one by one. Beyond that each series is judged against the first one of
/// the other part, which holds as long as the first ones stay.
const PAIRS_JUDGED: usize = 2_500;

/// A split as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitRow {
    /// Its id.
    pub id: i64,
    /// When.
    pub recorded_at: Micros,
    /// Who.
    pub actor: String,
    /// The customer that kept its number.
    pub customer: CustomerId,
    /// The customer that was made.
    pub new_customer: CustomerId,
    /// How many series went.
    pub series: i64,
    /// Why.
    pub reason: String,
}

/// The two parts of a customer: the series that stay and the series that leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) customer: CustomerId,
    pub(super) stay: Vec<i64>,
    pub(super) leave: Vec<i64>,
}

/// The parts that a choice of series makes of a customer; both have something.
pub(super) async fn parts_of(
    transaction: &mut Transaction,
    number: CustomerNumber,
    chosen: &[i64],
) -> Result<Parts, RegisterError> {
    let (customer, _) = redirect_of(transaction, number).await?;
    let standing = standing_series(transaction, customer).await?;
    if let Some(stranger) = chosen.iter().find(|series| !standing.contains(series)) {
        return Err(RegisterError::invalid(
            "series",
            format!("记录系列 {stranger} 不属于此客户（可能刚刚被移动）"),
            format!("{stranger} does not belong to this customer, or does not any more"),
        ));
    }
    let (leave, stay): (Vec<i64>, Vec<i64>) = standing
        .into_iter()
        .partition(|series| chosen.contains(series));
    if leave.is_empty() || stay.is_empty() {
        return Err(RegisterError::invalid(
            "series",
            "请选择要拆出的记录，并至少留下一条",
            "must be some of the customer's and not all: each part keeps one at least",
        ));
    }
    Ok(Parts {
        customer,
        stay,
        leave,
    })
}

/// Splits series off into a new customer.
pub async fn split(
    store: &Store,
    decider: Decider<'_>,
    number: CustomerNumber,
    chosen: &[i64],
) -> Result<SplitRow, RegisterError> {
    decider.check()?;
    let Decider { actor, reason } = decider;
    let (mut transaction, now) = store.write_together().await?;
    let parts = parts_of(&mut transaction, number, chosen).await?;
    let new_customer = create_customers(&mut transaction, now, 1).await?;
    let split = SplitRow {
        id: allocate(&mut transaction, "split", 1).await?,
        recorded_at: now,
        actor: actor.to_owned(),
        customer: parts.customer,
        new_customer,
        series: i64::try_from(parts.leave.len()).unwrap_or(i64::MAX),
        reason: reason.to_owned(),
    };
    insert_split(&mut transaction, &split).await?;
    let why = MembershipReason::Split;
    move_series(&mut transaction, now, &parts.leave, new_customer, why).await?;
    let pairs = pairs_apart(&parts.stay, &parts.leave);
    judge(&mut transaction, now, &pairs, false, actor, reason).await?;
    settle_reviews(&mut transaction, now, decider, &parts).await?;
    let touched = [parts.customer, new_customer];
    refold_after(&mut transaction, store, now, &touched).await?;
    let entry = NewEntry {
        actor,
        action: "customer.split",
        subject: format!("customer/{}", CustomerNumber::from_sequence(parts.customer)),
        detail: json!({
            "split": split.id,
            "new_customer": CustomerNumber::from_sequence(new_customer),
            "series": split.series,
            "reason": reason,
        }),
        root: None,
    };
    audit::append(&mut transaction, now, entry).await?;
    transaction.commit().await?;
    Ok(split)
}

/// Which pairs of series are judged to be different parties.
pub(super) fn pairs_apart(stay: &[i64], leave: &[i64]) -> Vec<(i64, i64)> {
    let is_few = stay.len().saturating_mul(leave.len()) <= PAIRS_JUDGED;
    let mut pairs: Vec<(i64, i64)> = Vec::new();
    for (place, one) in stay.iter().enumerate() {
        let others = leave.iter().enumerate();
        let others = others.filter(|(other, _)| is_few || place == 0 || *other == 0);
        pairs.extend(others.map(|(_, other)| ((*one).min(*other), (*one).max(*other))));
    }
    pairs
}

/// Whatever was open or decided between the two parts, they are two now.
async fn settle_reviews(
    transaction: &mut Transaction,
    now: Micros,
    decider: Decider<'_>,
    parts: &Parts,
) -> Result<(), StorageError> {
    let Decider { actor, reason } = decider;
    let different = ReviewState::Different;
    for review in reviews_between(transaction, &parts.leave, &parts.stay).await? {
        match review.state {
            ReviewState::Different => {}
            ReviewState::Same => {
                overrule_review(transaction, now, review.id, different, actor, reason).await?;
            }
            ReviewState::Open | ReviewState::SecondOpinion => {
                close_review(transaction, now, review.id, different, actor, reason).await?;
            }
        }
    }
    Ok(())
}

async fn insert_split(transaction: &mut Transaction, split: &SplitRow) -> Result<(), StorageError> {
    let cells = [
        split.id.into(),
        split.recorded_at.into(),
        split.actor.as_str().into(),
        split.customer.into(),
        split.new_customer.into(),
        split.series.into(),
        split.reason.as_str().into(),
    ];
    transaction
        .execute(include_str!("insert_split.sql"), cells)
        .await?;
    Ok(())
}

/// The splits that a customer took part in, latest first.
pub(super) async fn list_splits(
    transaction: &mut Transaction,
    customer: CustomerId,
) -> Result<Vec<SplitRow>, StorageError> {
    let sql = include_str!("splits_of_customer.sql");
    let rows = transaction.fetch_all(sql, [customer.into()]).await?;
    rows.iter().map(into_split).collect()
}

fn into_split(row: &Row) -> Result<SplitRow, StorageError> {
    Ok(SplitRow {
        id: row.integer(0)?,
        recorded_at: row.integer(1)?,
        actor: row.text(2)?,
        customer: row.integer(3)?,
        new_customer: row.integer(4)?,
        series: row.integer(5)?,
        reason: row.text(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_judged_while_they_are_few_and_each_series_always() {
        let pairs = pairs_apart(&[0, 3], &[1, 2]);
        assert_eq!(pairs, [(0, 1), (0, 2), (1, 3), (2, 3)]);
        let (stay, leave): (Vec<i64>, Vec<i64>) = (0..160).partition(|series| *series < 100);
        let pairs = pairs_apart(&stay, &leave);
        assert_eq!(pairs.len(), 159);
        for series in stay.iter().chain(&leave) {
            let is_judged = |(one, other): &(i64, i64)| one == series || other == series;
            assert!(pairs.iter().any(is_judged), "series {series}");
        }
    }
}
