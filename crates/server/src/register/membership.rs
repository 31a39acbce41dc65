//! Memberships: which series of records belongs to which customer, since when and why.

use std::collections::HashMap;

use domain::resolution::MembershipReason;
use storage::{Row, Rows, StorageError, Transaction};

use crate::clock::Micros;

/// A membership about to begin.
#[derive(Debug, Clone, Copy)]
pub struct NewMembership {
    /// The series.
    pub series: i64,
    /// The customer.
    pub customer: i64,
    /// Why.
    pub reason: MembershipReason,
}

/// A membership at some instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The series.
    pub series: i64,
    /// The customer.
    pub customer: i64,
    /// When it began.
    pub since: Micros,
    /// When it ended.
    pub until: Option<Micros>,
    /// Why it began.
    pub reason: Option<MembershipReason>,
}

/// Begins memberships.
pub async fn insert_memberships(
    transaction: &mut Transaction,
    since: Micros,
    memberships: &[NewMembership],
) -> Result<(), StorageError> {
    let mut rows = Rows::with_capacity(4, memberships.len());
    for membership in memberships {
        rows.push([
            membership.series.into(),
            since.into(),
            membership.customer.into(),
            membership.reason.number().into(),
        ]);
    }
    transaction
        .insert_many(include_str!("insert_membership.sql"), rows, "")
        .await
}

/// Ends the memberships of series that stand now.
pub async fn end_memberships(
    transaction: &mut Transaction,
    until: Micros,
    series: &[i64],
) -> Result<(), StorageError> {
    for series in series {
        let cells = [until.into(), (*series).into()];
        transaction
            .execute(include_str!("end_membership.sql"), cells)
            .await?;
    }
    Ok(())
}

/// The memberships of series that stand now.
pub async fn memberships_of(
    transaction: &mut Transaction,
    series: &[i64],
) -> Result<HashMap<i64, Member>, StorageError> {
    let sql = include_str!("memberships_of_series.sql");
    let rows = transaction.fetch_by_keys(sql, series).await?;
    rows.iter()
        .map(|row| into_member(row).map(|member| (member.series, member)))
        .collect()
}

/// Every membership that each of the given series ever had, in the order of series and begin.
pub async fn history_of(
    transaction: &mut Transaction,
    series: &[i64],
) -> Result<Vec<Member>, StorageError> {
    let sql = include_str!("history_of_series.sql");
    let rows = transaction.fetch_by_keys(sql, series).await?;
    let mut members = rows
        .iter()
        .map(into_member)
        .collect::<Result<Vec<_>, _>>()?;
    members.sort_unstable_by_key(|member| (member.series, member.since));
    Ok(members)
}

/// The memberships of customers, past ones too, in the order of customer, series and begin.
pub async fn members_of(
    transaction: &mut Transaction,
    customers: &[i64],
) -> Result<Vec<Member>, StorageError> {
    let sql = include_str!("members_of_customers.sql");
    let rows = transaction.fetch_by_keys(sql, customers).await?;
    let mut members = rows
        .iter()
        .map(into_member)
        .collect::<Result<Vec<_>, _>>()?;
    members.sort_unstable_by_key(|member| (member.customer, member.series, member.since));
    Ok(members)
}

pub(super) fn into_member(row: &Row) -> Result<Member, StorageError> {
    Ok(Member {
        series: row.integer(0)?,
        customer: row.integer(1)?,
        since: row.integer(2)?,
        until: row.optional_integer(3)?,
        reason: MembershipReason::from_number(row.integer(4)?),
    })
}
