//! Writing runs.

use std::collections::{HashMap, VecDeque};

use domain::register::IndexKind;
use storage::{Cell, Rows, StorageError, Transaction};

use crate::index::block::{Block, BlockWriter};
use crate::index::cache::{Run, is_filtered};
use crate::index::filter::Filter;
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
        self.blocks.expect_all(&entries);
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
        let run = self.blocks.run();
        cache.forget(&[run]);
        self.blocks.finish();
        let rows = self.blocks.take(usize::MAX);
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

/// The number under which the filter of a kind lies among the blocks of its run.
pub(super) fn filter_kind(kind: IndexKind) -> i64 {
    -i64::from(kind.number())
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

/// Blocks of a run on their way into the store.
#[derive(Debug)]
pub(super) struct RunBlocks {
    run: i64,
    kind: Option<IndexKind>,
    writer: BlockWriter,
    rows: VecDeque<[Cell; 4]>,
    known: Run,
    /// How many keys each kind will have at most.
    expected: HashMap<IndexKind, usize>,
    finished: Vec<(IndexKind, Run)>,
}

impl RunBlocks {
    pub(super) fn new(run: i64) -> Self {
        Self {
            run,
            kind: None,
            writer: BlockWriter::default(),
            rows: VecDeque::new(),
            known: Run::default(),
            expected: HashMap::new(),
            finished: Vec::new(),
        }
    }

    /// Makes room for the keys of a kind that will come. Without it the kind gets no filter.
    pub(super) fn expect(&mut self, kind: IndexKind, keys: usize) {
        self.expected.insert(kind, keys);
    }

    /// Makes room for the keys of entries that will come.
    pub(super) fn expect_all(&mut self, entries: &Entries) {
        for kind in IndexKind::ALL.into_iter().filter(|kind| is_filtered(*kind)) {
            let of_kind = entries.iter().filter(|(one, _)| *one == kind);
            self.expect(kind, of_kind.count());
        }
    }

    /// Adds an entry; kinds come one after the other, entries of a kind in ascending order.
    pub(super) fn push(&mut self, kind: IndexKind, entry: super::Entry<'_>) {
        if self.kind != Some(kind) {
            self.end_kind();
            self.kind = Some(kind);
            let room = self.expected.get(&kind).filter(|keys| **keys > 0);
            self.known.filter = room.map_or_else(Filter::default, |keys| Filter::with_room(*keys));
        }
        self.known.filter.add(entry.key);
        if let Some(block) = self.writer.push(entry) {
            self.add(kind, block);
        }
    }

    /// The number of the run.
    pub(super) fn run(&self) -> i64 {
        self.run
    }

    /// How many blocks wait to be written.
    pub(super) fn waiting(&self) -> usize {
        self.rows.len()
    }

    /// Ends the last block and the last filter: nothing is added any more.
    pub(super) fn finish(&mut self) {
        self.end_kind();
    }

    /// Some of the blocks that are full, and pieces of the filters of kinds that are complete.
    pub(super) fn take(&mut self, limit: usize) -> Rows {
        let taken = self.rows.drain(..limit.min(self.rows.len()));
        let mut rows = Rows::with_capacity(4, taken.len());
        taken.for_each(|row| rows.push(row));
        rows
    }

    /// Tells the cache what the run looks like.
    pub(super) fn keep(self, cache: &IndexCache) {
        let mut finished: HashMap<IndexKind, Run> = self.finished.into_iter().collect();
        for kind in IndexKind::ALL {
            // That a run has nothing of a kind is worth knowing too.
            let known = finished.remove(&kind).unwrap_or_default();
            cache.keep_run(kind, self.run, known);
        }
    }

    fn add(&mut self, kind: IndexKind, (first, block): Block) {
        self.known.fences.push(first.clone());
        let kind = i64::from(kind.number());
        self.rows
            .push_back([kind.into(), self.run.into(), first.into(), block.into()]);
    }

    fn end_kind(&mut self) {
        let Some(kind) = self.kind.take() else { return };
        if let Some(block) = self.writer.finish() {
            self.add(kind, block);
        }
        let known = std::mem::take(&mut self.known);
        let kind_of_filter = filter_kind(kind);
        for (place, piece) in (0_u32..).zip(known.filter.pieces()) {
            let place = place.to_be_bytes().to_vec();
            self.rows.push_back([
                kind_of_filter.into(),
                self.run.into(),
                place.into(),
                piece.into(),
            ]);
        }
        self.finished.push((kind, known));
    }
}
