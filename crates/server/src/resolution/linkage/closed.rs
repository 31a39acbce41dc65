//! Keys that more records share than a model compares. They are sealed: a key is the hash of what
//! somebody said, and who knows the hash may guess what it was.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::resolution::Family;
use linkage::Book;
use storage::{Rows, Transaction};

use crate::register::RegisterError;
use crate::resolution::linkage::gather::AskedKey;
use crate::store::{InForce, Store, allocate};

/// What a closed key is bound to.
const TABLE: &str = "closed_key";

/// The closed keys as the store has them now.
pub(super) async fn closed_keys(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    model: &InForce,
) -> Result<Arc<HashSet<u64>>, RegisterError> {
    let (known, through) = model.closed();
    if read_after(transaction, store, family, model, through)
        .await?
        .is_empty()
    {
        return Ok(known);
    }
    // Memory learns only what is committed; what this transaction closed itself may yet be undone.
    let mut committed = store.database.read().await?;
    let keys = read_after(&mut committed, store, family, model, through).await?;
    if let Some((last, _)) = keys.last() {
        let last = *last;
        model.close(keys.into_iter().map(|(_, key)| key), last);
    }
    let (mut known, through) = model.closed();
    let own = read_after(transaction, store, family, model, through).await?;
    if !own.is_empty() {
        Arc::make_mut(&mut known).extend(own.into_iter().map(|(_, key)| key));
    }
    Ok(known)
}

/// The keys that were closed after the one with this number, in order.
async fn read_after(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    model: &InForce,
    through: i64,
) -> Result<Vec<(i64, u64)>, RegisterError> {
    let cells = [family.number().into(), model.id.into(), through.into()];
    let rows = transaction
        .fetch_all(include_str!("newer_closed_keys.sql"), cells)
        .await?;
    let mut keys = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.integer(0)?;
        let plain = store.keys.open_features(TABLE, id, &row.bytes(1)?)?;
        let key = <[u8; 8]>::try_from(plain.as_slice());
        keys.extend(key.map(|key| (id, u64::from_be_bytes(key))));
    }
    Ok(keys)
}

/// Writes keys that were closed just now. Memory learns of them with the next look at the store,
/// once they are committed.
pub(super) async fn note_closed(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    model: &InForce,
    keys: &[u64],
) -> Result<(), RegisterError> {
    if keys.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(keys.len()).unwrap_or(i64::MAX);
    let first = allocate(transaction, "closed_key", count).await?;
    let mut rows = Rows::with_capacity(4, keys.len());
    for (id, key) in (first..).zip(keys) {
        let sealed = store.keys.seal_features(TABLE, id, &key.to_be_bytes())?;
        rows.push([
            id.into(),
            family.number().into(),
            model.id.into(),
            sealed.into(),
        ]);
    }
    transaction
        .insert_many(include_str!("insert_closed_key.sql"), rows, "")
        .await?;
    Ok(())
}

/// The keys that more records seem to share than the model compares; an index may be late, so they are counted again.
/// What was found stands in the order of the keys.
pub(super) fn crowded(
    model: &InForce,
    keys: &[AskedKey],
    found: &[(usize, i64)],
    asking: &HashSet<i64>,
) -> Vec<u64> {
    let most = model.linker.model().limits.records_a_key;
    let mut holders: Vec<u32> = keys.iter().map(|key| key.holders).collect();
    for (place, series) in found {
        holders[*place] += u32::from(!asking.contains(series));
    }
    let full = keys.iter().zip(&holders);
    let full = full.filter(|(_, holders)| **holders > most);
    let mut crowded: Vec<u64> = full.map(|(key, _)| key.key).collect();
    crowded.sort_unstable();
    crowded
}

/// Of keys that seem crowded those that are; all who hold one are in the book.
pub(super) fn truly_crowded(model: &InForce, book: &Book, crowded: Vec<u64>) -> Vec<u64> {
    if crowded.is_empty() {
        return crowded;
    }
    let mut holders: HashMap<u64, u32> = crowded.iter().map(|key| (*key, 0)).collect();
    for key in model.linker.keys(book).into_iter().flatten() {
        if let Some(holders) = holders.get_mut(&key) {
            *holders += 1;
        }
    }
    let most = model.linker.model().limits.records_a_key;
    let mut closes = crowded;
    closes.retain(|key| holders[key] > most);
    closes
}
