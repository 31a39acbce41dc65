//! Tallies: counts kept by the writes themselves, so that nobody counts ten million rows.

use std::collections::BTreeMap;

use storage::{Rows, StorageError, Transaction};

/// Adds to tallies: `customers`, `records`, `records:<source>`, `size:<records of a customer>`.
pub async fn add_tally(
    transaction: &mut Transaction,
    changes: &BTreeMap<String, i64>,
) -> Result<(), StorageError> {
    let mut rows = Rows::with_capacity(2, changes.len());
    for (name, change) in changes.iter().filter(|(_, change)| **change != 0) {
        rows.push([name.clone().into(), (*change).into()]);
    }
    let conflict = "on conflict (name) do update set value = tally.value + excluded.value";
    transaction
        .insert_many(include_str!("insert_tally.sql"), rows, conflict)
        .await
}

/// The change of the counts of customers, by how many records stood behind each before and stand
/// behind it now.
pub fn tally_sizes(sizes: &[(i64, i64)]) -> BTreeMap<String, i64> {
    let mut tally = BTreeMap::new();
    for (before, now) in sizes {
        let (was, is) = (i64::from(*before > 0), i64::from(*now > 0));
        *tally.entry("customers".to_owned()).or_default() += is - was;
        if *before > 0 {
            *tally.entry(format!("size:{before}")).or_default() -= 1;
        }
        if *now > 0 {
            *tally.entry(format!("size:{now}")).or_default() += 1;
        }
    }
    tally
}

/// Every tally.
pub async fn tallies(transaction: &mut Transaction) -> Result<BTreeMap<String, i64>, StorageError> {
    let rows = transaction
        .fetch_all(include_str!("list_tallies.sql"), [])
        .await?;
    rows.iter()
        .map(|row| Ok((row.text(0)?, row.integer(1)?)))
        .collect()
}
