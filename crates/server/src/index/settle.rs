//! Settling: recent keys become a run.
//!
//! The run is written beside the recent keys, becomes visible in one small step, and only then the keys go that stand in
//! it, a little at a time. Until the last of them is gone some stand in both places, which whoever looks for them does not
//! notice; a crash leaves a run that nobody sees, or keys that the next settling takes once more.

use domain::register::IndexKind;
use storage::{Rows, StorageError};

use crate::index::Entries;
use crate::index::merge::{begin_run, write_blocks};
use crate::index::run::RunBlocks;
use crate::index::steps::{Keeper, Steps};
use crate::store::Store;

/// Recent keys beyond this become a run.
const RECENT_KEYS: i64 = 20_000;

/// Writes recent keys as a run once there are many, or at all if `all` is asked for. While somebody else keeps the
/// index it does nothing.
pub async fn settle_recent(store: &Store, steps: Steps, all: bool) -> Result<(), StorageError> {
    let mut transaction = store.database.read().await?;
    let count = transaction
        .fetch_one(include_str!("count_recent.sql"), [])
        .await?
        .integer(0)?;
    drop(transaction);
    if count == 0 || (!all && count < RECENT_KEYS) {
        return Ok(());
    }
    let Some(mut keeper) = Keeper::begin(store, steps).await? else {
        return Ok(());
    };
    let entries = recent(store).await?;
    if settle(&mut keeper, entries).await? {
        keeper.end().await?;
    }
    Ok(())
}

async fn recent(store: &Store) -> Result<Entries, StorageError> {
    let mut entries = Entries::default();
    let mut transaction = store.database.read().await?;
    for kind in IndexKind::ALL {
        let cells = [i64::from(kind.number()).into()];
        for row in transaction
            .fetch_all(include_str!("recent_of_kind.sql"), cells)
            .await?
        {
            entries.push(kind, &row.bytes(0)?, row.integer(1)?);
        }
    }
    Ok(entries)
}

/// Gives whether the turn lasted.
async fn settle(keeper: &mut Keeper<'_>, entries: Entries) -> Result<bool, StorageError> {
    Ok(match show(keeper, entries).await? {
        Some(entries) => delete(keeper, &entries).await?,
        None => false,
    })
}

/// Writes a run that everybody sees, and gives back what stands in it; none if the turn did not last.
async fn show(keeper: &mut Keeper<'_>, entries: Entries) -> Result<Option<Entries>, StorageError> {
    let Some(blocks) = begin_run(keeper, 0).await? else {
        return Ok(None);
    };
    let work = tokio::task::spawn_blocking(move || pack(blocks, entries));
    let (mut blocks, entries) = work
        .await
        .map_err(|error| StorageError::Task(error.to_string()))?;
    if !write_blocks(keeper, &mut blocks).await? {
        return Ok(None);
    }
    let mut step = keeper.step_that_shows().await?;
    step.transaction
        .execute(include_str!("enliven_index_run.sql"), [blocks.run().into()])
        .await?;
    blocks.keep(&keeper.store.index);
    Ok(keeper.end_step(step).await?.then_some(entries))
}

/// Puts entries into blocks.
fn pack(mut blocks: RunBlocks, mut entries: Entries) -> (RunBlocks, Entries) {
    entries.sort();
    blocks.expect_all(&entries);
    for (kind, entry) in entries.iter() {
        blocks.push(kind, entry);
    }
    blocks.finish();
    (blocks, entries)
}

/// Deletes the recent keys that stand in the run now. What came meanwhile stays.
async fn delete(keeper: &mut Keeper<'_>, entries: &Entries) -> Result<bool, StorageError> {
    let mut entries = entries.iter().peekable();
    while entries.peek().is_some() {
        let keys = keeper.steps.keys();
        let mut rows = Rows::with_capacity(3, keys.min(entries.size_hint().0));
        for (kind, entry) in entries.by_ref().take(keys) {
            let kind = i64::from(kind.number());
            rows.push([kind.into(), entry.key.into(), entry.reference.into()]);
        }
        let mut step = keeper.step_that_shows().await?;
        step.transaction
            .insert_many(include_str!("delete_recent.sql"), rows, ")")
            .await?;
        if !keeper.end_step(step).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{IndexCache, find_many, write_recent};
    use crate::store::temporary_store;

    const KIND: IndexKind = IndexKind::BlockKey;

    fn entries(numbers: std::ops::Range<u8>) -> Entries {
        let mut entries = Entries::default();
        for number in numbers {
            entries.push(KIND, &[number; 16], i64::from(number));
        }
        entries
    }

    async fn write(store: &Store, numbers: std::ops::Range<u8>) {
        let mut transaction = store.database.write().await.unwrap();
        let entries = entries(numbers);
        write_recent(&mut transaction, &entries).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Everything up to a number is found once, also by who knows no run.
    #[track_caller]
    fn assert_each_once(found: &[(usize, i64)], numbers: u8) {
        let expected: Vec<(usize, i64)> = (0..usize::from(numbers)).zip(0..).collect();
        assert_eq!(found, expected);
    }

    async fn found(store: &Store, numbers: u8) -> Vec<(usize, i64)> {
        let keys: Vec<[u8; 16]> = (0..numbers).map(|number| [number; 16]).collect();
        let mut transaction = store.database.read().await.unwrap();
        let cache = IndexCache::default();
        let unread = find_many(&mut transaction, &cache, KIND, &keys);
        let unread = unread.await.unwrap();
        let known = find_many(&mut transaction, &store.index, KIND, &keys);
        assert_eq!(known.await.unwrap(), unread);
        unread
    }

    #[tokio::test]
    async fn a_key_that_comes_while_others_settle_stays() {
        let (_folder, store) = temporary_store().await;
        write(&store, 0..100).await;
        let before = recent(&store).await.unwrap();
        write(&store, 90..120).await;
        let keeper = Keeper::begin(&store, Steps::Small).await.unwrap();
        let mut keeper = keeper.unwrap();
        assert!(settle(&mut keeper, before).await.unwrap());
        assert_each_once(&found(&store, 120).await, 120);
        assert_eq!(recent(&store).await.unwrap().len(), 20);
    }

    #[tokio::test]
    async fn a_crash_before_the_keys_go_loses_and_doubles_nothing() {
        let (_folder, store) = temporary_store().await;
        write(&store, 0..100).await;
        let keeper = Keeper::begin(&store, Steps::Small).await.unwrap();
        let mut keeper = keeper.unwrap();
        let entries = recent(&store).await.unwrap();
        show(&mut keeper, entries).await.unwrap().unwrap();
        keeper.end().await.unwrap();
        assert_each_once(&found(&store, 100).await, 100);
        settle_recent(&store, Steps::Small, true).await.unwrap();
        assert_each_once(&found(&store, 100).await, 100);
        assert!(recent(&store).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_run_that_nobody_saw_yet_is_garbage() {
        let (_folder, store) = temporary_store().await;
        write(&store, 0..100).await;
        let keeper = Keeper::begin(&store, Steps::Small).await.unwrap();
        let mut keeper = keeper.unwrap();
        let mut blocks = begin_run(&mut keeper, 0).await.unwrap().unwrap();
        for (kind, entry) in entries(0..50).iter() {
            blocks.push(kind, entry);
        }
        blocks.finish();
        assert!(write_blocks(&mut keeper, &mut blocks).await.unwrap());
        keeper.end().await.unwrap();
        assert_each_once(&found(&store, 100).await, 100);
        crate::index::collect_garbage(&store, Steps::Small)
            .await
            .unwrap();
        let mut transaction = store.database.read().await.unwrap();
        let count = "select count(*) from index_block";
        let left = transaction.fetch_one(count, []).await.unwrap();
        assert_eq!(left.integer(0).unwrap(), 0);
    }
}
