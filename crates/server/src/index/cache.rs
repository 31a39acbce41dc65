//! What memory keeps of the index: fences and filters of runs, and blocks lately read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::register::IndexKind;
use storage::{Database, Question, StorageError, Transaction};

use crate::index::filter::Filter;
use crate::index::warm::read_run;

/// Blocks kept in memory, in bytes; what is older than the newer half goes first.
const CACHE_BYTES: usize = 96 << 20;

/// The memory of an index, shared by everybody who uses a store. Runs and blocks never change, so
/// nothing here is ever stale.
#[derive(Debug, Clone, Default)]
pub struct IndexCache {
    state: Arc<Mutex<State>>,
    /// A run is read through by one, while the others who need it wait.
    reading: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default)]
struct State {
    runs: HashMap<(IndexKind, i64), Arc<Run>>,
    young: HashMap<BlockAddress, Arc<Vec<u8>>>,
    old: HashMap<BlockAddress, Arc<Vec<u8>>>,
    young_bytes: usize,
}

type BlockAddress = (IndexKind, i64, usize);

/// The fences of one kind in one run, and a filter that knows most absent keys.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The position at which each block begins.
    pub fences: Vec<Vec<u8>>,
    /// Of those kinds whose keys are looked up in bulk.
    pub filter: Filter,
}

impl IndexCache {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fences and the filter of a run, if memory has them.
    pub(super) fn known(&self, kind: IndexKind, run: i64) -> Option<Arc<Run>> {
        self.state().runs.get(&(kind, run)).map(Arc::clone)
    }

    /// The fences and the filter of a run, read through once on first use. That may take seconds, so nobody who holds
    /// what others wait for asks so: he looks into a run that memory does not know as [`super::unread`] does.
    pub(super) async fn run(
        &self,
        store: &Database,
        kind: IndexKind,
        run: i64,
    ) -> Result<Arc<Run>, StorageError> {
        if let Some(known) = self.known(kind, run) {
            return Ok(known);
        }
        let _reading = self.reading.lock().await;
        if let Some(known) = self.known(kind, run) {
            return Ok(known);
        }
        let read = Arc::new(read_run(store, kind, run).await?);
        self.state().runs.insert((kind, run), Arc::clone(&read));
        Ok(read)
    }

    /// Keeps the fences and the filter of a run that was just written.
    pub(super) fn keep_run(&self, kind: IndexKind, run: i64, known: Run) {
        self.state().runs.insert((kind, run), Arc::new(known));
    }

    /// Forgets runs that were merged away, or were never committed.
    pub(super) fn forget(&self, runs: &[i64]) {
        let mut state = self.state();
        state.runs.retain(|(_, run), _| !runs.contains(run));
        state.young.retain(|(_, run, _), _| !runs.contains(run));
        state.old.retain(|(_, run, _), _| !runs.contains(run));
        state.young_bytes = state.young.values().map(|block| block.len()).sum();
    }

    /// Forgets what runs look like that are none of these. Should one of them be on its way into the store, it is looked
    /// into without that until it is read.
    pub(super) fn forget_all_but(&self, runs: &[i64]) {
        self.state().runs.retain(|(_, run), _| runs.contains(run));
    }

    /// A block of a run by its place.
    pub(super) async fn block(
        &self,
        transaction: &mut Transaction,
        kind: IndexKind,
        run: (i64, &Run),
        place: usize,
    ) -> Result<Arc<Vec<u8>>, StorageError> {
        let wanted = [(run.0, run.1, place)];
        let blocks = self.blocks(transaction, kind, &wanted).await?;
        let block = blocks.into_iter().next();
        block.ok_or_else(|| no_block(run.0, place))
    }

    /// Blocks of runs by their places, in the order asked for. What is not in memory is read at
    /// once.
    pub(super) async fn blocks(
        &self,
        transaction: &mut Transaction,
        kind: IndexKind,
        wanted: &[(i64, &Run, usize)],
    ) -> Result<Vec<Arc<Vec<u8>>>, StorageError> {
        let address = |(run, _, place): &(i64, &Run, usize)| (kind, *run, *place);
        let mut known: Vec<Option<Arc<Vec<u8>>>> = {
            let mut state = self.state();
            wanted.iter().map(|one| state.get(address(one))).collect()
        };
        let missing: Vec<usize> = (0..wanted.len())
            .filter(|place| known[*place].is_none())
            .collect();
        if !missing.is_empty() {
            let question = |place: &usize| {
                let (run, known, place) = wanted[*place];
                let fence = known.fences[place].as_slice();
                let cells = [i64::from(kind.number()).into(), run.into(), fence.into()];
                Question::new(include_str!("read_block.sql"), cells)
            };
            let questions = missing.iter().map(question).collect();
            let answers = transaction.fetch_each(questions).await?;
            let mut state = self.state();
            for (place, rows) in missing.into_iter().zip(answers) {
                let (run, _, number) = wanted[place];
                let row = rows.first().ok_or_else(|| no_block(run, number))?;
                let block = Arc::new(row.bytes(0)?);
                state.put(address(&wanted[place]), Arc::clone(&block));
                known[place] = Some(block);
            }
        }
        Ok(known.into_iter().flatten().collect())
    }
}

impl State {
    fn get(&mut self, address: BlockAddress) -> Option<Arc<Vec<u8>>> {
        if let Some(block) = self.young.get(&address) {
            return Some(Arc::clone(block));
        }
        let block = self.old.remove(&address)?;
        self.put(address, Arc::clone(&block));
        Some(block)
    }

    fn put(&mut self, address: BlockAddress, block: Arc<Vec<u8>>) {
        self.young_bytes += block.len();
        self.young.insert(address, block);
        if self.young_bytes > CACHE_BYTES / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
    }
}

fn no_block(run: i64, place: usize) -> StorageError {
    StorageError::Missing(format!("block {place} of run {run} of the index"))
}

/// Only keys that are looked up in bulk are worth a filter.
pub(super) fn is_filtered(kind: IndexKind) -> bool {
    matches!(kind, IndexKind::SeriesKey | IndexKind::BlockKey)
}
