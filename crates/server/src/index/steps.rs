//! Small steps (小步): whoever keeps the index in order takes the one connection that writes for a moment, and then
//! leaves it to the others for longer than that.

use std::time::{Duration, Instant};

use storage::{Rows, StorageError, Transaction};

use crate::store::{Store, Turn, take_turn};

/// Keeping the index is one task's at a time: what one is writing and nobody reads yet is garbage in the eyes of
/// another.
const TURN: &str = "index_merge";

/// How long a step may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// Nobody else uses the store.
    Large,
    /// People write beside it: about two milliseconds, and three times as long for them after each.
    Small,
}

impl Steps {
    /// Blocks that one step writes.
    pub(super) fn blocks(self) -> usize {
        match self {
            Self::Large => 4_000,
            Self::Small => 16,
        }
    }

    /// Recent keys that one step takes away.
    pub(super) fn keys(self) -> usize {
        match self {
            Self::Large => 100_000,
            Self::Small => 250,
        }
    }

    async fn rest(self, held: Duration) {
        if self == Self::Small {
            tokio::time::sleep(held * 3).await;
        }
    }
}

/// Whoever keeps the index in order, as long as it is its turn.
pub(super) struct Keeper<'a> {
    pub store: &'a Store,
    pub steps: Steps,
    turn: Turn,
}

/// A step: what it writes lasts if the turn does.
pub(super) struct Step {
    pub transaction: Transaction,
    since: Instant,
}

impl<'a> Keeper<'a> {
    /// Takes the turn; none while somebody else has it.
    pub async fn begin(store: &'a Store, steps: Steps) -> Result<Option<Self>, StorageError> {
        let turn = take_turn(store, TURN).await?;
        Ok(turn.map(|turn| Self { store, steps, turn }))
    }

    /// Begins a step that changes nothing that anybody sees.
    pub async fn step(&self) -> Result<Step, StorageError> {
        let transaction = self.store.database.write().await?;
        Ok(Step::new(transaction))
    }

    /// Begins a step that changes where others find something. It waits for writers on PostgreSQL too, where each of
    /// their statements sees what was committed just before.
    pub async fn step_that_shows(&self) -> Result<Step, StorageError> {
        let (transaction, _) = self.store.write().await?;
        Ok(Step::new(transaction))
    }

    /// Ends a step and leaves the others some time. Gives whether the turn lasted; if not, the step did nothing.
    pub async fn end_step(&mut self, mut step: Step) -> Result<bool, StorageError> {
        if !self.turn.keep(&mut step.transaction).await? {
            return Ok(false);
        }
        step.transaction.commit().await?;
        self.steps.rest(step.since.elapsed()).await;
        Ok(true)
    }

    /// Writes blocks of a run that nobody sees yet. Gives whether the turn lasted.
    pub async fn insert_blocks(&mut self, rows: Rows) -> Result<bool, StorageError> {
        let mut step = self.step().await?;
        step.transaction
            .insert_many(include_str!("insert_index_block.sql"), rows, "")
            .await?;
        self.end_step(step).await
    }

    /// Gives the turn back.
    pub async fn end(self) -> Result<(), StorageError> {
        self.turn.end(self.store).await
    }
}

impl Step {
    fn new(transaction: Transaction) -> Self {
        Self {
            transaction,
            since: Instant::now(),
        }
    }
}
