//! Merges: two customers become one, dated and reversible (R4.6).

use std::collections::HashMap;

use domain::register::CustomerNumber;
use domain::resolution::MembershipReason;
use serde_json::json;
use storage::{Row, Rows, StorageError, Transaction};

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::register::{
    CustomerId, NewMembership, RegisterError, end_memberships, history_of, insert_memberships,
    members_of, redirect, redirect_of, revive,
};
use crate::resolution::judgement::{judge, verdicts};
use crate::resolution::review::reopen_reviews;
use crate::resolution::split::pairs_apart;
use crate::store::allocate;

/// A merge as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRow {
    /// Its id.
    pub id: i64,
    /// When.
    pub recorded_at: Micros,
    /// Who.
    pub actor: String,
    /// The customer whose number goes on.
    pub survivor: CustomerId,
    /// The customer whose number redirects.
    pub absorbed: CustomerId,
    /// Why.
    pub reason: String,
    /// When it was taken back.
    pub undone_at: Option<Micros>,
    /// Who took it back.
    pub undone_by: Option<String>,
}

/// Joins one customer into another; the older number survives. Gives the merge and the survivor.
/// The caller folds the survivor anew.
pub async fn merge_customers(
    transaction: &mut Transaction,
    recorded_at: Micros,
    pair: (CustomerId, CustomerId),
    why: MembershipReason,
    actor: &str,
    reason: &str,
) -> Result<(i64, CustomerId), RegisterError> {
    let (survivor, absorbed) = (pair.0.min(pair.1), pair.0.max(pair.1));
    let series = standing_series(transaction, absorbed).await?;
    let id = allocate(transaction, "merge", 1).await?;
    let cells = [
        id.into(),
        recorded_at.into(),
        actor.into(),
        survivor.into(),
        absorbed.into(),
        reason.into(),
    ];
    transaction
        .execute(include_str!("insert_merge.sql"), cells)
        .await?;
    let mut rows = Rows::with_capacity(2, series.len());
    for series in &series {
        rows.push([id.into(), (*series).into()]);
    }
    transaction
        .insert_many(include_str!("insert_merge_series.sql"), rows, "")
        .await?;
    move_series(transaction, recorded_at, &series, survivor, why).await?;
    redirect(transaction, absorbed, survivor).await?;
    let entry = NewEntry {
        actor,
        action: "customer.merged",
        subject: format!("customer/{}", CustomerNumber::from_sequence(survivor)),
        detail: json!({
            "merge": id,
            "absorbed": CustomerNumber::from_sequence(absorbed),
            "series": series.len(),
            "reason": reason,
        }),
        root: None,
    };
    audit::append(transaction, recorded_at, entry).await?;
    Ok((id, survivor))
}

/// Takes a merge back. A series belongs to the customer that its first one leads to through the
/// merges that stand; so whatever the order in which merges are taken back, exactly what this one
/// brought goes back, what came to the survivor by itself stays, and cases that the merge closed
/// are open again. The two parts stand judged to be different. Gives the customers to fold anew.
pub async fn undo_merge(
    transaction: &mut Transaction,
    recorded_at: Micros,
    id: i64,
    actor: &str,
    reason: &str,
) -> Result<Vec<CustomerId>, RegisterError> {
    let merge = find_merge(transaction, id).await?;
    // The survivor may have been absorbed in its turn: what was moved is where it is.
    let holder = leads_to(transaction, merge.survivor).await?;
    let held = standing_series(transaction, holder).await?;
    let cells = [recorded_at.into(), actor.into(), reason.into(), id.into()];
    transaction
        .execute(include_str!("undo_merge.sql"), cells)
        .await?;
    revive(transaction, merge.absorbed).await?;
    reopen_reviews(transaction, recorded_at, merge.recorded_at, actor, reason).await?;
    let homes = homes_of(transaction, &held).await?;
    let mut back = Vec::new();
    for series in &held {
        let home = homes.get(series).copied().unwrap_or(holder);
        if leads_to(transaction, home).await? == merge.absorbed {
            back.push(*series);
        }
    }
    let why = MembershipReason::Unmerged;
    move_series(transaction, recorded_at, &back, merge.absorbed, why).await?;
    let stay: Vec<i64> = held
        .iter()
        .copied()
        .filter(|series| !back.contains(series))
        .collect();
    let mut apart = pairs_apart(&stay, &back);
    // Whoever said before that two of them are one is overruled.
    let crosses = |(one, other): &(i64, i64)| back.contains(one) != back.contains(other);
    let judged = verdicts(transaction, &held).await?;
    apart.extend(judged.into_keys().filter(crosses));
    apart.sort_unstable();
    apart.dedup();
    judge(transaction, recorded_at, &apart, false, actor, reason).await?;
    let entry = NewEntry {
        actor,
        action: "customer.unmerged",
        subject: format!("customer/{}", CustomerNumber::from_sequence(holder)),
        detail: json!({
            "merge": id,
            "restored": CustomerNumber::from_sequence(merge.absorbed),
            "series": back.len(),
            "reason": reason,
        }),
        root: None,
    };
    audit::append(transaction, recorded_at, entry).await?;
    Ok(vec![holder, merge.absorbed])
}

/// Moves a series to a customer that it turned out to belong to; the caller folds both anew.
pub async fn move_apart(
    transaction: &mut Transaction,
    recorded_at: Micros,
    series: i64,
    (from, to): (CustomerId, CustomerId),
    actor: &str,
) -> Result<(), StorageError> {
    let why = MembershipReason::Parted;
    move_series(transaction, recorded_at, &[series], to, why).await?;
    let entry = NewEntry {
        actor,
        action: "customer.parted",
        subject: format!("customer/{}", CustomerNumber::from_sequence(from)),
        detail: json!({
            "series": series,
            "to": CustomerNumber::from_sequence(to),
            "reason": why.code(),
        }),
        root: None,
    };
    audit::append(transaction, recorded_at, entry).await?;
    Ok(())
}

/// The customer that each series came to before any merge moved it.
async fn homes_of(
    transaction: &mut Transaction,
    series: &[i64],
) -> Result<HashMap<i64, CustomerId>, StorageError> {
    let moved = |reason| {
        matches!(
            reason,
            Some(
                MembershipReason::Merged
                    | MembershipReason::Unmerged
                    | MembershipReason::JoinedByKey
                    | MembershipReason::JoinedByEvidence
            )
        )
    };
    let history = history_of(transaction, series).await?;
    // In the order of begin, so the last one that was no move stays.
    let arrivals = history.iter().filter(|member| !moved(member.reason));
    Ok(arrivals
        .map(|member| (member.series, member.customer))
        .collect())
}

/// A merge that stands.
async fn find_merge(transaction: &mut Transaction, id: i64) -> Result<MergeRow, RegisterError> {
    let merge = merge_of(transaction, id).await?;
    if merge.undone_at.is_some() {
        return Err(RegisterError::Changed);
    }
    Ok(merge)
}

/// A merge by its id.
pub(super) async fn merge_of(
    transaction: &mut Transaction,
    id: i64,
) -> Result<MergeRow, RegisterError> {
    let row = transaction
        .fetch_optional(include_str!("find_merge.sql"), [id.into()])
        .await?;
    Ok(into_merge(&row.ok_or(RegisterError::UnknownMerge(id))?)?)
}

/// The merges that a customer took part in, latest first.
pub async fn list_merges(
    transaction: &mut Transaction,
    customer: CustomerId,
) -> Result<Vec<MergeRow>, StorageError> {
    let sql = include_str!("merges_of_customer.sql");
    let rows = transaction.fetch_all(sql, [customer.into()]).await?;
    rows.iter().map(into_merge).collect()
}

pub(super) async fn standing_series(
    transaction: &mut Transaction,
    customer: CustomerId,
) -> Result<Vec<i64>, StorageError> {
    let members = members_of(transaction, &[customer]).await?;
    let standing = members.into_iter().filter(|member| member.until.is_none());
    Ok(standing.map(|member| member.series).collect())
}

/// Whom a customer's number leads to now.
async fn leads_to(
    transaction: &mut Transaction,
    customer: CustomerId,
) -> Result<CustomerId, RegisterError> {
    let number = CustomerNumber::from_sequence(customer);
    Ok(redirect_of(transaction, number).await?.0)
}

pub(super) async fn move_series(
    transaction: &mut Transaction,
    recorded_at: Micros,
    series: &[i64],
    customer: CustomerId,
    reason: MembershipReason,
) -> Result<(), StorageError> {
    end_memberships(transaction, recorded_at, series).await?;
    let memberships: Vec<NewMembership> = series
        .iter()
        .map(|series| NewMembership {
            series: *series,
            customer,
            reason,
        })
        .collect();
    insert_memberships(transaction, recorded_at, &memberships).await
}

fn into_merge(row: &Row) -> Result<MergeRow, StorageError> {
    Ok(MergeRow {
        id: row.integer(0)?,
        recorded_at: row.integer(1)?,
        actor: row.text(2)?,
        survivor: row.integer(3)?,
        absorbed: row.integer(4)?,
        reason: row.text(5)?,
        undone_at: row.optional_integer(6)?,
        undone_by: row.optional_text(7)?,
    })
}
