//! Finding what stands under each of many keys at once.

use domain::register::IndexKind;
use storage::{Question, StorageError, Transaction};

use crate::index::block::{BlockReader, position};
use crate::index::cache::Run;
use crate::index::find::live_runs;
use crate::index::unread::find_in_unread;
use crate::index::{Entry, IndexCache};

/// Keys that are asked for one by one among the recent ones, of which there may be some ten thousand.
const ASKED_ONE_BY_ONE: usize = 512;

/// What stands under each of many digests. `keys` must be sorted; the answer pairs the place of a
/// key with a reference, in order.
pub async fn find_many(
    transaction: &mut Transaction,
    cache: &IndexCache,
    kind: IndexKind,
    keys: &[[u8; 16]],
) -> Result<Vec<(usize, i64)>, StorageError> {
    debug_assert!(keys.is_sorted(), "keys are looked up in order");
    let mut found = Vec::new();
    for run in live_runs(transaction).await? {
        let Some(fences) = cache.known(kind, run) else {
            find_in_unread(transaction, kind, run, keys, &mut found).await?;
            continue;
        };
        let mut place = if fences.fences.is_empty() {
            keys.len()
        } else {
            0
        };
        while place < keys.len() {
            if fences.filter.may_hold(&keys[place]) {
                place = find_in_run(
                    transaction,
                    cache,
                    kind,
                    (run, &fences),
                    keys,
                    place,
                    &mut found,
                )
                .await?;
            } else {
                place += 1;
            }
        }
    }
    find_recent(transaction, kind, keys, &mut found).await?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Finds a key, and those behind it that lie in the same block. Gives the next place to look for.
async fn find_in_run(
    transaction: &mut Transaction,
    cache: &IndexCache,
    kind: IndexKind,
    (run, fences): (i64, &Run),
    keys: &[[u8; 16]],
    mut place: usize,
    found: &mut Vec<(usize, i64)>,
) -> Result<usize, StorageError> {
    let start = position(&keys[place], 0);
    let first = fences
        .fences
        .partition_point(|fence| *fence <= start)
        .saturating_sub(1);
    let asked = place;
    for number in first..fences.fences.len() {
        let block = cache
            .block(transaction, kind, (run, fences), number)
            .await?;
        let mut reader = BlockReader::default();
        while let Some(Entry { key, reference }) = reader.next(&block) {
            while place < keys.len() && keys[place].as_slice() < key {
                place += 1;
            }
            if place == keys.len() {
                return Ok(place);
            }
            if keys[place] == key {
                found.push((place, reference));
            } else if is_behind(&keys[place], fences.fences.get(number + 1)) {
                // None of the keys that are left lies in what is left of the block.
                break;
            }
        }
        // What the next block begins with decides whether this key goes on there.
        let goes_on = fences.fences.get(number + 1).is_some_and(|fence| {
            fence
                .get(..16)
                .is_some_and(|first| first == keys[place].as_slice())
        });
        if !goes_on {
            break;
        }
    }
    // A key that was met on the way may lie behind this block, so it is looked for by itself.
    Ok(if place == asked { place + 1 } else { place })
}

/// Whether all of a key lies behind a fence.
fn is_behind(key: &[u8; 16], fence: Option<&Vec<u8>>) -> bool {
    let first = fence.and_then(|fence| fence.get(..16));
    first.is_some_and(|first| first < key.as_slice())
}

async fn find_recent(
    transaction: &mut Transaction,
    kind: IndexKind,
    keys: &[[u8; 16]],
    found: &mut Vec<(usize, i64)>,
) -> Result<(), StorageError> {
    // The keys of a few records are asked for one by one; a chunk reads the whole table.
    if keys.len() <= ASKED_ONE_BY_ONE {
        let sql = include_str!("recent_by_key.sql");
        let question = |key: &[u8; 16]| {
            let cells = [i64::from(kind.number()).into(), key.as_slice().into()];
            Question::new(sql, cells)
        };
        let answers = transaction.fetch_each(keys.iter().map(question).collect());
        for (place, rows) in answers.await?.iter().enumerate() {
            for row in rows {
                found.push((place, row.integer(0)?));
            }
        }
        return Ok(());
    }
    let cells = [i64::from(kind.number()).into()];
    for row in transaction
        .fetch_all(include_str!("recent_of_kind.sql"), cells)
        .await?
    {
        let key = row.bytes(0)?;
        if let Ok(place) = keys.binary_search_by(|known| known.as_slice().cmp(&key)) {
            found.push((place, row.integer(1)?));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Entries, warm, write_run};
    use crate::store::temporary_store;

    /// Digests in ascending order, the same ones every time.
    fn digests(count: u64) -> Vec<[u8; 16]> {
        let mut state = 88_172_645_463_325_252_u64;
        let mut digests: Vec<[u8; 16]> = (0..count)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let mut digest = [0; 16];
                digest[..8].copy_from_slice(&state.to_be_bytes());
                digest
            })
            .collect();
        digests.sort_unstable();
        digests
    }

    #[tokio::test]
    async fn every_key_is_found_also_across_blocks() {
        let (_folder, store) = temporary_store().await;
        let digests = digests(5_000);
        let kind = IndexKind::BlockKey;
        let mut transaction = store.database.write().await.unwrap();
        for run in 0..2 {
            let mut entries = Entries::default();
            for (place, digest) in digests.iter().enumerate() {
                if place % 2 == run {
                    entries.push(kind, digest, i64::try_from(place).unwrap());
                }
            }
            write_run(&mut transaction, &store.index, entries)
                .await
                .unwrap();
        }
        transaction.commit().await.unwrap();
        let mut transaction = store.database.read().await.unwrap();
        let mut read = store.clone();
        read.index = IndexCache::default();
        warm(&read).await.unwrap();
        // As who wrote it knows it, who read it through, and who did not.
        for cache in [&store.index, &read.index, &IndexCache::default()] {
            // All of them, which lie close together, and one in seven, which do not.
            for step in [1, 7] {
                let asked: Vec<[u8; 16]> = digests.iter().step_by(step).copied().collect();
                let found = find_many(&mut transaction, cache, kind, &asked)
                    .await
                    .unwrap();
                let expected: Vec<(usize, i64)> = (0..asked.len())
                    .map(|place| (place, i64::try_from(place * step).unwrap()))
                    .collect();
                assert_eq!(found, expected, "every {step}. key");
            }
        }
    }
}
