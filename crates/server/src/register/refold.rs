//! Folding customers anew after something but an import changed whose records they are: a merge, its
//! undoing, a withdrawal, another trust in a source.

use std::collections::{BTreeMap, HashMap, HashSet};

use storage::{StorageError, Transaction};

use crate::clock::Micros;
use crate::index::write_recent;
use crate::protection::KeyScope;
use crate::register::{
    CustomerId, RegisterError, add_tally, drop_golden, insert_views, refold, seal_views, sizes_of,
    tally_sizes, trust_of,
};
use crate::store::Store;

/// Brings the views, the tallies and the places in the list of names of customers up to date. One
/// without records loses its view.
pub async fn refold_after(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    customers: &[CustomerId],
) -> Result<(), RegisterError> {
    let trust = trust_of(transaction).await?;
    let before = sizes_of(transaction, customers).await?;
    let names = names_of(transaction, customers).await?;
    let views = refold(transaction, store, &trust, customers).await?;
    let now: BTreeMap<CustomerId, i64> = views
        .iter()
        .map(|view| {
            let records = i64::try_from(view.records).unwrap_or(i64::MAX);
            (view.customer, records)
        })
        .collect();
    let touched: HashSet<CustomerId> = customers.iter().copied().collect();
    let gone = touched
        .iter()
        .filter(|customer| !now.contains_key(customer));
    let gone: Vec<CustomerId> = gone.copied().collect();
    drop_golden(transaction, &gone).await?;
    let keys = store.keys.load(KeyScope::Customer, customers).await?;
    let sealed = seal_views(&store.keys, &store.catalogue, recorded_at, &views, &keys)?;
    let (_, mut entries) = insert_views(transaction, &store.keys, sealed).await?;
    // A name that was in the list before has its place there.
    let renamed: HashSet<CustomerId> = views
        .iter()
        .filter(|view| names.get(&view.customer) != Some(&view.view.name))
        .map(|view| view.customer)
        .collect();
    entries.retain(|customer| renamed.contains(&customer));
    write_recent(transaction, &entries).await?;
    let size = |customer| before.get(&customer).copied().unwrap_or_default();
    let sizes: Vec<(i64, i64)> = touched
        .into_iter()
        .map(|customer| {
            (
                size(customer),
                now.get(&customer).copied().unwrap_or_default(),
            )
        })
        .collect();
    add_tally(transaction, &tally_sizes(&sizes)).await?;
    Ok(())
}

/// What customers are called before they are folded anew.
async fn names_of(
    transaction: &mut Transaction,
    customers: &[CustomerId],
) -> Result<HashMap<CustomerId, String>, StorageError> {
    let sql = include_str!("names_of_customers.sql");
    let rows = transaction.fetch_by_keys(sql, customers).await?;
    rows.iter()
        .map(|row| Ok((row.integer(0)?, row.text(2)?)))
        .collect()
}
