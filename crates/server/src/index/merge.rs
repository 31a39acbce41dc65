//! Merging runs, so that there are few to look into.

use domain::register::IndexKind;
use storage::{Rows, StorageError, Transaction};

use crate::index::block::BlockReader;
use crate::index::run::RunBlocks;
use crate::index::{Entries, Entry, write_run};
use crate::store::{Store, Turn, allocate, take_turn};

/// So many runs of a level become one of the next.
const FAN_IN: usize = 8;
/// Recent keys beyond this become a run.
const RECENT_KEYS: i64 = 20_000;
/// Blocks read by one statement, for each run of a merge.
const PAGE_ROWS: i64 = 16;

/// Merging and collecting garbage is one task's at a time: what one is writing and nobody reads yet
/// is garbage in the eyes of another.
const TURN: &str = "index_merge";

/// Merges as many runs as the levels ask for. A transaction writes at most `blocks` blocks, so
/// that nobody waits long; until the last one the merged run is not live, and a crash leaves only
/// garbage. Gives whether it merged anything; while somebody else merges it does nothing.
pub async fn merge_runs(store: &Store, blocks: usize) -> Result<bool, StorageError> {
    if due(store).await?.is_none() {
        return Ok(false);
    }
    let Some(mut turn) = take_turn(store, TURN).await? else {
        return Ok(false);
    };
    let mut merged = false;
    while let Some((level, runs)) = due(store).await? {
        let kept = merge(store, &mut turn, level, &runs, blocks).await?
            && collect(store, &mut turn, blocks).await?;
        if !kept {
            return Ok(merged);
        }
        merged = true;
    }
    turn.end(store).await?;
    Ok(merged)
}

async fn due(store: &Store) -> Result<Option<(i64, Vec<i64>)>, StorageError> {
    let mut transaction = store.database.read().await?;
    let rows = transaction
        .fetch_all(include_str!("runs_by_level.sql"), [])
        .await?;
    let mut level = None;
    let mut runs = Vec::new();
    for row in rows {
        if level != Some(row.integer(0)?) {
            runs.clear();
        }
        level = Some(row.integer(0)?);
        runs.push(row.integer(1)?);
        if runs.len() == FAN_IN {
            return Ok(level.map(|level| (level, runs)));
        }
    }
    Ok(None)
}

/// Gives whether the turn lasted.
async fn merge(
    store: &Store,
    turn: &mut Turn,
    level: i64,
    runs: &[i64],
    limit: usize,
) -> Result<bool, StorageError> {
    let mut transaction = store.database.write().await?;
    let target = allocate(&mut transaction, "index_run", 1).await?;
    let cells = [target.into(), (level + 1).into(), false.into()];
    transaction
        .execute(include_str!("insert_index_run.sql"), cells)
        .await?;
    transaction.commit().await?;
    let mut blocks = RunBlocks::new(target);
    for kind in IndexKind::ALL {
        let mut cursors: Vec<Cursor> = runs.iter().map(|run| Cursor::new(kind, *run)).collect();
        let mut reading = store.database.read().await?;
        for cursor in &mut cursors {
            cursor.advance(&mut reading).await?;
        }
        while let Some(place) = least(&cursors) {
            blocks.push(kind, cursors[place].entry());
            cursors[place].advance(&mut reading).await?;
            if blocks.waiting() >= limit {
                let rows = blocks.take_full();
                if !insert_blocks(store, turn, rows).await? {
                    return Ok(false);
                }
            }
        }
    }
    let rows = blocks.take();
    let mut transaction = store.database.write().await?;
    transaction
        .insert_many(include_str!("insert_index_block.sql"), rows, "")
        .await?;
    for run in runs {
        transaction
            .execute(include_str!("retire_index_run.sql"), [(*run).into()])
            .await?;
    }
    transaction
        .execute(include_str!("enliven_index_run.sql"), [target.into()])
        .await?;
    if !turn.keep(&mut transaction).await? {
        return Ok(false);
    }
    blocks.keep(&store.index);
    transaction.commit().await?;
    Ok(true)
}

async fn insert_blocks(store: &Store, turn: &mut Turn, rows: Rows) -> Result<bool, StorageError> {
    let mut transaction = store.database.write().await?;
    transaction
        .insert_many(include_str!("insert_index_block.sql"), rows, "")
        .await?;
    let kept = turn.keep(&mut transaction).await?;
    if kept {
        transaction.commit().await?;
    }
    Ok(kept)
}

/// Deletes the blocks of runs that are not live: merged away, or left by a crash. While somebody
/// else merges it does nothing.
pub async fn collect_garbage(store: &Store, blocks: usize) -> Result<(), StorageError> {
    let Some(mut turn) = take_turn(store, TURN).await? else {
        return Ok(());
    };
    if collect(store, &mut turn, blocks).await? {
        turn.end(store).await?;
    }
    Ok(())
}

/// Gives whether the turn lasted.
async fn collect(store: &Store, turn: &mut Turn, blocks: usize) -> Result<bool, StorageError> {
    let mut transaction = store.database.read().await?;
    let rows = transaction
        .fetch_all(include_str!("dead_runs.sql"), [])
        .await?;
    drop(transaction);
    let dead = rows
        .iter()
        .map(|row| row.integer(0))
        .collect::<Result<Vec<i64>, _>>()?;
    for run in &dead {
        for kind in IndexKind::ALL {
            let limit = i64::try_from(blocks).unwrap_or(i64::MAX);
            loop {
                let mut transaction = store.database.write().await?;
                let cells = [i64::from(kind.number()).into(), (*run).into(), limit.into()];
                let deleted = transaction
                    .execute(include_str!("delete_index_blocks.sql"), cells)
                    .await?;
                if !turn.keep(&mut transaction).await? {
                    return Ok(false);
                }
                transaction.commit().await?;
                if deleted < blocks as u64 {
                    break;
                }
            }
        }
        let mut transaction = store.database.write().await?;
        transaction
            .execute(include_str!("delete_index_run.sql"), [(*run).into()])
            .await?;
        transaction.commit().await?;
    }
    store.index.forget(&dead);
    Ok(true)
}

/// Writes recent keys as a run once there are many, or at all if `all` is asked for.
pub async fn settle_recent(store: &Store, all: bool) -> Result<(), StorageError> {
    let (mut transaction, _) = store.write().await?;
    let count = transaction
        .fetch_one(include_str!("count_recent.sql"), [])
        .await?
        .integer(0)?;
    if count == 0 || (!all && count < RECENT_KEYS) {
        return Ok(());
    }
    let mut entries = Entries::default();
    for kind in IndexKind::ALL {
        let cells = [i64::from(kind.number()).into()];
        for row in transaction
            .fetch_all(include_str!("recent_of_kind.sql"), cells)
            .await?
        {
            entries.push(kind, &row.bytes(0)?, row.integer(1)?);
        }
    }
    write_run(&mut transaction, &store.index, entries).await?;
    transaction
        .execute(include_str!("delete_recent.sql"), [])
        .await?;
    transaction.commit().await
}

fn least(cursors: &[Cursor]) -> Option<usize> {
    let standing = cursors
        .iter()
        .enumerate()
        .filter(|(_, cursor)| cursor.stands);
    standing
        .min_by(|(_, left), (_, right)| left.entry().cmp(&right.entry()))
        .map(|(place, _)| place)
}

/// Reads one kind of one run from beginning to end.
struct Cursor {
    kind: IndexKind,
    run: i64,
    blocks: std::vec::IntoIter<Vec<u8>>,
    last_fence: Vec<u8>,
    block: Vec<u8>,
    reader: BlockReader,
    key: Vec<u8>,
    reference: i64,
    stands: bool,
}

impl Cursor {
    fn new(kind: IndexKind, run: i64) -> Self {
        Self {
            kind,
            run,
            blocks: Vec::new().into_iter(),
            last_fence: Vec::new(),
            block: Vec::new(),
            reader: BlockReader::default(),
            key: Vec::new(),
            reference: 0,
            stands: false,
        }
    }

    fn entry(&self) -> Entry<'_> {
        Entry {
            key: &self.key,
            reference: self.reference,
        }
    }

    async fn advance(&mut self, transaction: &mut Transaction) -> Result<(), StorageError> {
        loop {
            if let Some(entry) = self.reader.next(&self.block) {
                self.key.clear();
                self.key.extend_from_slice(entry.key);
                self.reference = entry.reference;
                self.stands = true;
                return Ok(());
            }
            if self.blocks.len() == 0 {
                self.read_page(transaction).await?;
            }
            let Some(block) = self.blocks.next() else {
                self.stands = false;
                return Ok(());
            };
            self.block = block;
            self.reader = BlockReader::default();
        }
    }

    async fn read_page(&mut self, transaction: &mut Transaction) -> Result<(), StorageError> {
        let cells = [
            i64::from(self.kind.number()).into(),
            self.run.into(),
            self.last_fence.as_slice().into(),
            PAGE_ROWS.into(),
        ];
        let rows = transaction
            .fetch_all(include_str!("page_of_blocks.sql"), cells)
            .await?;
        let mut blocks = Vec::with_capacity(rows.len());
        for row in rows {
            self.last_fence = row.bytes(0)?;
            blocks.push(row.bytes(1)?);
        }
        self.blocks = blocks.into_iter();
        Ok(())
    }
}
