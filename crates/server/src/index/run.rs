//! Writing runs.

use domain::register::IndexKind;
use storage::{Rows, StorageError, Transaction};

use crate::index::block::{Block, BlockWriter};
use crate::index::cache::is_filtered;
use crate::index::{Entries, IndexCache};
use crate::store::allocate;

/// Writes entries as a run of the lowest level, visible with the transaction.
pub async fn write_run(
    transaction: &mut Transaction,
    cache: &IndexCache,
    entries: Entries,
) -> Result<(), StorageError> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut run = NewRun::begin(transaction).await?;
    run.add(entries);
    run.insert(transaction, cache).await
}

/// A run of the lowest level on its way into the store. Between its beginning and its end it needs
/// no transaction, so that its blocks can be made beside other statements.
#[derive(Debug)]
pub struct NewRun {
    blocks: RunBlocks,
}

impl NewRun {
    /// Gives the run its number.
    pub async fn begin(transaction: &mut Transaction) -> Result<Self, StorageError> {
        let run = allocate(transaction, "index_run", 1).await?;
        Ok(Self {
            blocks: RunBlocks::new(run),
        })
    }

    /// Sorts entries into blocks. What is added later must be of other kinds.
    pub fn add(&mut self, mut entries: Entries) {
        entries.sort();
        for (kind, entry) in entries.iter() {
            self.blocks.push(kind, entry);
        }
    }

    /// Writes the run, visible with the transaction. The cache learns of it at once; should the
    /// transaction fail, no live run has that number.
    pub async fn insert(
        mut self,
        transaction: &mut Transaction,
        cache: &IndexCache,
    ) -> Result<(), StorageError> {
        let run = self.blocks.run;
        cache.forget(&[run]);
        let rows = self.blocks.take();
        transaction
            .insert_many(include_str!("insert_index_block.sql"), rows, "")
            .await?;
        self.blocks.keep(cache);
        let cells = [run.into(), 0.into(), true.into()];
        transaction
            .execute(include_str!("insert_index_run.sql"), cells)
            .await?;
        Ok(())
    }
}

/// Writes the few entries of a single record where they are found at once.
pub async fn write_recent(
    transaction: &mut Transaction,
    entries: &Entries,
) -> Result<(), StorageError> {
    let mut rows = Rows::with_capacity(3, entries.len());
    for (kind, entry) in entries.iter() {
        let kind = i64::from(kind.number());
        rows.push([kind.into(), entry.key.into(), entry.reference.into()]);
    }
    let insert = include_str!("insert_index_recent.sql");
    transaction
        .insert_many(insert, rows, "on conflict do nothing")
        .await
}

/// A kind of a run that is written, its fences, and its keys if they are filtered.
type FinishedKind = (IndexKind, Vec<Vec<u8>>, Vec<[u8; 16]>);

/// Blocks of a run on their way into the store.
#[derive(Debug)]
pub(super) struct RunBlocks {
    run: i64,
    kind: Option<IndexKind>,
    writer: BlockWriter,
    rows: Rows,
    fences: Vec<Vec<u8>>,
    keys: Vec<[u8; 16]>,
    finished: Vec<FinishedKind>,
}

impl RunBlocks {
    pub(super) fn new(run: i64) -> Self {
        Self {
            run,
            kind: None,
            writer: BlockWriter::default(),
            rows: Rows::with_capacity(4, 64),
            fences: Vec::new(),
            keys: Vec::new(),
            finished: Vec::new(),
        }
    }

    /// Adds an entry; kinds come one after the other, entries of a kind in ascending order.
    pub(super) fn push(&mut self, kind: IndexKind, entry: super::Entry<'_>) {
        if self.kind != Some(kind) {
            self.end_kind();
            self.kind = Some(kind);
        }
        if is_filtered(kind) {
            self.keys.extend(<[u8; 16]>::try_from(entry.key).ok());
        }
        if let Some(block) = self.writer.push(entry) {
            self.add(kind, block);
        }
    }

    /// How many blocks wait to be written.
    pub(super) fn waiting(&self) -> usize {
        self.rows.len()
    }

    /// The blocks that are full.
    pub(super) fn take_full(&mut self) -> Rows {
        std::mem::replace(&mut self.rows, Rows::with_capacity(4, 64))
    }

    /// Every block, the last one too.
    pub(super) fn take(&mut self) -> Rows {
        self.end_kind();
        self.take_full()
    }

    /// Tells the cache what the run looks like.
    pub(super) fn keep(self, cache: &IndexCache) {
        for (kind, fences, keys) in self.finished {
            cache.keep_run(kind, self.run, fences, &keys);
        }
    }

    fn add(&mut self, kind: IndexKind, (first, block): Block) {
        self.fences.push(first.clone());
        let kind = i64::from(kind.number());
        self.rows
            .push([kind.into(), self.run.into(), first.into(), block.into()]);
    }

    fn end_kind(&mut self) {
        let Some(kind) = self.kind.take() else { return };
        if let Some(block) = self.writer.finish() {
            self.add(kind, block);
        }
        let fences = std::mem::take(&mut self.fences);
        self.finished
            .push((kind, fences, std::mem::take(&mut self.keys)));
    }
}
