//! Finding: one key in order of reference, or a range in order of key.

use std::collections::HashMap;
use std::sync::Arc;

use domain::register::IndexKind;
use storage::{Question, Row, StorageError, Transaction};

use crate::index::block::{BlockReader, position};
use crate::index::cache::{Run, is_filtered};
use crate::index::unread::scan_unread;
use crate::index::{Entry, IndexCache};

/// A prefix of this length is a whole blind digest.
const DIGEST_BYTES: usize = 16;

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The whole key.
    pub key: Vec<u8>,
    /// What stands under it.
    pub reference: i64,
}

/// Every key of a kind that begins in one way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Range {
    /// Which index.
    pub kind: IndexKind,
    /// How the keys begin; a whole blind digest, or the beginning of a readable key.
    pub prefix: Vec<u8>,
}

/// Behind which key and reference a page begins; none for the beginning of its range.
pub type After<'a> = Option<(&'a [u8], i64)>;

/// What a look-up must know before it looks into runs. It holds within one transaction.
#[derive(Debug)]
pub struct Sight {
    runs: Vec<i64>,
    /// What stands among the recent keys, until it is used.
    recent: HashMap<Range, Vec<Found>>,
}

/// Looks which runs are live, and for the first recent keys of several ranges, each from its
/// beginning or after a key and a reference. The first scan of each of them, which must begin there
/// and take `limit` entries at most, then asks the store for blocks only.
pub async fn look(
    transaction: &mut Transaction,
    ranges: &[(&Range, After<'_>)],
    limit: usize,
) -> Result<Sight, StorageError> {
    let mut questions = vec![Question::new(include_str!("live_runs.sql"), [])];
    for (range, after) in ranges {
        questions.push(recent_of(range, *after, limit));
    }
    let mut answers = transaction.fetch_each(questions).await?.into_iter();
    let runs = answers.next().unwrap_or_default();
    let mut recent = HashMap::with_capacity(ranges.len());
    for ((range, _), rows) in ranges.iter().zip(answers) {
        recent.insert((*range).clone(), beginning(range, &rows)?);
    }
    let runs = runs.iter().map(|row| row.integer(0));
    Ok(Sight {
        runs: runs.collect::<Result<_, _>>()?,
        recent,
    })
}

/// Entries of a range in order of key and reference, those after `after` (a key and a reference)
/// if it is given, at most `limit`.
pub async fn scan(
    transaction: &mut Transaction,
    cache: &IndexCache,
    sight: &mut Sight,
    range: &Range,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<Found>, StorageError> {
    let mut found = if let Some(recent) = sight.recent.remove(range) {
        recent
    } else {
        let question = recent_of(range, after, limit);
        let [rows] = transaction.fetch_together([question]).await?;
        beginning(range, &rows)?
    };
    let Range { kind, prefix } = range;
    let start = match after {
        Some((key, reference)) => position(key, reference.saturating_add(1)),
        None => position(prefix, 0),
    };
    let mut cursors = Vec::with_capacity(sight.runs.len());
    for run in &sight.runs {
        let Some(known) = cache.known(*kind, *run) else {
            let mut taken = 0;
            let take =
                |entry: Entry<'_>| takes(entry, prefix, after, limit, &mut taken, &mut found);
            scan_unread(transaction, *kind, *run, &start, take).await?;
            continue;
        };
        let whole = is_filtered(*kind) && prefix.len() == DIGEST_BYTES;
        if known.fences.is_empty() || whole && !known.filter.may_hold(prefix) {
            continue;
        }
        let block = known
            .fences
            .partition_point(|fence| *fence <= start)
            .saturating_sub(1);
        cursors.push(Cursor {
            run: (*run, known),
            block,
            taken: 0,
        });
    }
    while !cursors.is_empty() {
        let wanted: Vec<_> = cursors
            .iter()
            .map(|cursor| (cursor.run.0, &*cursor.run.1, cursor.block))
            .collect();
        let blocks = cache.blocks(transaction, *kind, &wanted).await?;
        let mut blocks = blocks.iter();
        cursors.retain_mut(|cursor| {
            let block = blocks.next();
            block.is_some_and(|block| cursor.take(block, prefix, after, limit, &mut found))
        });
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(limit);
    Ok(found)
}

/// A place in a run that is being scanned.
struct Cursor {
    run: (i64, Arc<Run>),
    block: usize,
    taken: usize,
}

impl Cursor {
    /// Takes what a block holds of a range, and says whether the next block may hold more.
    fn take(
        &mut self,
        block: &[u8],
        prefix: &[u8],
        after: After<'_>,
        limit: usize,
        found: &mut Vec<Found>,
    ) -> bool {
        let mut reader = BlockReader::default();
        while let Some(entry) = reader.next(block) {
            if !takes(entry, prefix, after, limit, &mut self.taken, found) {
                return false;
            }
        }
        self.block += 1;
        self.block < self.run.1.fences.len()
    }
}

/// Takes an entry that belongs to the range, and says whether the next one may.
fn takes(
    Entry { key, reference }: Entry<'_>,
    prefix: &[u8],
    after: After<'_>,
    limit: usize,
    taken: &mut usize,
    found: &mut Vec<Found>,
) -> bool {
    if is_before(key, reference, prefix, after) {
        return true;
    }
    if !key.starts_with(prefix) || *taken == limit {
        return false;
    }
    found.push(Found {
        key: key.to_vec(),
        reference,
    });
    *taken += 1;
    true
}

fn is_before(key: &[u8], reference: i64, prefix: &[u8], after: After<'_>) -> bool {
    match after {
        Some(after) => (key, reference) <= after,
        None => key < prefix,
    }
}

fn recent_of(range: &Range, after: After<'_>, limit: usize) -> Question<'static> {
    let (key, reference) = after.unwrap_or((&range.prefix, -1));
    let cells = [
        i64::from(range.kind.number()).into(),
        key.into(),
        reference.into(),
        i64::try_from(limit).unwrap_or(i64::MAX).into(),
    ];
    Question::new(include_str!("page_of_recent.sql"), cells)
}

/// The rows as long as they belong to the range.
fn beginning(range: &Range, rows: &[Row]) -> Result<Vec<Found>, StorageError> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let key = row.bytes(0)?;
        if !key.starts_with(&range.prefix) {
            break;
        }
        found.push(Found {
            key,
            reference: row.integer(1)?,
        });
    }
    Ok(found)
}

pub(super) async fn live_runs(transaction: &mut Transaction) -> Result<Vec<i64>, StorageError> {
    let rows = transaction
        .fetch_all(include_str!("live_runs.sql"), [])
        .await?;
    rows.iter().map(|row| row.integer(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Entries, write_recent, write_run};
    use crate::store::temporary_store;

    /// Keys of a few letters, many of them alike, some in several runs and among the recent ones.
    fn keys() -> Vec<(Vec<u8>, i64)> {
        let mut state = 88_172_645_463_325_252_u64;
        let mut keys = Vec::new();
        for reference in 0..6_000 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let key = [b'a' + (state % 3) as u8, b'a' + (state / 7 % 5) as u8];
            let rest = "x".repeat((state / 11 % 4) as usize);
            keys.push(([&key[..], rest.as_bytes()].concat(), reference / 2));
        }
        keys
    }

    async fn pages(
        transaction: &mut Transaction,
        cache: &IndexCache,
        range: &Range,
        limit: usize,
    ) -> Vec<(Vec<u8>, i64)> {
        let mut seen: Vec<(Vec<u8>, i64)> = Vec::new();
        loop {
            let after = seen.last().map(|(key, last)| (key.as_slice(), *last));
            // As two requests that follow each other, and as one that goes on, by turns.
            let ranges = [(range, after)];
            let mut sight = look(transaction, &ranges, limit + 1).await.unwrap();
            let mut at_end = false;
            for _ in 0..2 {
                let after = seen.last().cloned();
                let after = after.as_ref().map(|(key, last)| (key.as_slice(), *last));
                let found = scan(transaction, cache, &mut sight, range, after, limit);
                let found = found.await.unwrap();
                at_end = found.len() < limit;
                seen.extend(found.into_iter().map(|found| (found.key, found.reference)));
            }
            if at_end {
                return seen;
            }
        }
    }

    #[tokio::test]
    async fn pages_of_a_range_give_every_entry_once_and_in_order() {
        let (_folder, store) = temporary_store().await;
        let keys = keys();
        let kind = IndexKind::Name;
        let mut transaction = store.database.write().await.unwrap();
        for part in 0..4 {
            let mut entries = Entries::default();
            for (place, (key, reference)) in keys.iter().enumerate() {
                // One in eleven stands twice: merging and settling may leave it so for a while.
                if place % 4 == part || place % 11 == 0 && part == 3 {
                    entries.push(kind, key, *reference);
                }
            }
            if part == 3 {
                write_recent(&mut transaction, &entries).await.unwrap();
            } else {
                let cache = &store.index;
                write_run(&mut transaction, cache, entries).await.unwrap();
            }
        }
        transaction.commit().await.unwrap();
        for prefix in ["", "a", "ab", "abx", "c", "z"] {
            let prefix = prefix.as_bytes().to_vec();
            let mut expected: Vec<_> = keys
                .iter()
                .filter(|(key, _)| key.starts_with(&prefix))
                .cloned()
                .collect();
            expected.sort_unstable();
            expected.dedup();
            let range = Range { kind, prefix };
            for limit in [7, 100, 5_000] {
                // What this process wrote it has in memory; another reads it.
                for cache in [store.index.clone(), IndexCache::default()] {
                    let mut transaction = store.database.read().await.unwrap();
                    let found = pages(&mut transaction, &cache, &range, limit).await;
                    assert_eq!(found, expected, "{limit}");
                }
            }
        }
    }
}
