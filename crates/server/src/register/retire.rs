//! Withdrawing records (撤回): they stay, but stand no more, and views are what they would be without.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use storage::{StorageError, Transaction};

use crate::clock::Micros;
use crate::register::{
    CustomerId, RegisterError, add_tally, end_memberships, list_sources, memberships_of,
    refold_after,
};
use crate::store::Store;

/// Records withdrawn, and their customers folded anew, at once.
const AT_ONCE: i64 = 1_000;

/// Withdraws the records of a batch that lie between two ids. A series left without a record that
/// stands belongs to nobody any more; a customer left without a series has no view, and keeps its
/// number. Gives how many records were withdrawn; those that were withdrawn before are not.
///
/// The work is done in steps of a bounded size; a caller who must not hold others up gives a part
/// of the ids at a time, each with a transaction of its own.
pub async fn retire_batch(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    batch: i64,
    records: (i64, i64),
) -> Result<u64, RegisterError> {
    let (mut first, last) = records;
    let mut retired = 0;
    while first <= last {
        let end = last.min(first.saturating_add(AT_ONCE - 1));
        retired += retire_some(transaction, store, recorded_at, batch, (first, end)).await?;
        first = end + 1;
    }
    Ok(retired)
}

async fn retire_some(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    batch: i64,
    (first, last): (i64, i64),
) -> Result<u64, RegisterError> {
    let cells = [recorded_at.into(), first.into(), last.into(), batch.into()];
    let retired = transaction
        .execute(include_str!("retire_records.sql"), cells)
        .await?;
    if retired == 0 {
        return Ok(0);
    }
    let cells = [first.into(), last.into(), batch.into(), recorded_at.into()];
    let rows = transaction
        .fetch_all(include_str!("retired_series.sql"), cells)
        .await?;
    let mut series = BTreeSet::new();
    let mut by_source: BTreeMap<i64, i64> = BTreeMap::new();
    for row in rows {
        series.insert(row.integer(0)?);
        *by_source.entry(row.integer(1)?).or_default() += row.integer(2)?;
    }
    let series: Vec<i64> = series.into_iter().collect();
    let owners = memberships_of(transaction, &series).await?;
    let standing = standing_among(transaction, &series).await?;
    let gone: Vec<i64> = owners
        .keys()
        .copied()
        .filter(|series| !standing.contains(series))
        .collect();
    end_memberships(transaction, recorded_at, &gone).await?;
    let mut customers: Vec<CustomerId> = owners.values().map(|member| member.customer).collect();
    customers.sort_unstable();
    customers.dedup();
    refold_after(transaction, store, recorded_at, &customers).await?;
    tally(transaction, &by_source).await?;
    Ok(retired)
}

/// Those of the series that still have a version that stands.
async fn standing_among(
    transaction: &mut Transaction,
    series: &[i64],
) -> Result<HashSet<i64>, StorageError> {
    let mut rows = transaction
        .fetch_by_keys(include_str!("standing_first_versions.sql"), series)
        .await?;
    rows.extend(
        transaction
            .fetch_by_keys(include_str!("standing_later_versions.sql"), series)
            .await?,
    );
    rows.iter().map(|row| row.integer(0)).collect()
}

async fn tally(
    transaction: &mut Transaction,
    by_source: &BTreeMap<i64, i64>,
) -> Result<(), StorageError> {
    let sources = list_sources(transaction).await?;
    let mut changes = BTreeMap::new();
    for source in sources {
        if let Some(count) = by_source.get(&source.id) {
            changes.insert(format!("records:{}", source.said.code), -count);
            *changes.entry("records".to_owned()).or_default() -= count;
        }
    }
    add_tally(transaction, &changes).await
}
