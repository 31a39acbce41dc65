//! Leases (租约): a batch says which process works at it, and until when that process is believed to.
//!
//! Whoever works at batches says so again every few seconds. A process that died is silent, so what
//! it left can be told from what another server is doing; one that was silent for too long and wakes
//! up learns with its next rows that somebody else went on.

use std::time::Duration;

use storage::{Kind, StorageError, Transaction};
use tokio::task::JoinHandle;

use crate::clock::Micros;
use crate::store::Store;

/// How long a holder may be silent.
const SILENCE: Micros = 60_000_000;
/// How often it says that it is there.
pub const HEARTBEAT: Duration = Duration::from_secs(15);

/// Gives a batch to this process, in the transaction that lets it run.
pub async fn hold_batch(
    transaction: &mut Transaction,
    store: &Store,
    now: Micros,
    batch: i64,
) -> Result<(), StorageError> {
    let cells = [batch.into(), store.process().into(), (now + SILENCE).into()];
    transaction
        .execute(include_str!("hold_batch.sql"), cells)
        .await?;
    Ok(())
}

/// Lets go of a batch, so that somebody goes on with it.
pub async fn let_go(store: &Store, batch: i64) -> Result<(), StorageError> {
    let (mut transaction, _) = store.write().await?;
    let cells = [batch.into(), store.process().into(), 0.into()];
    transaction
        .execute(include_str!("hold_batch.sql"), cells)
        .await?;
    transaction.commit().await
}

/// Says that this process still works at its batches.
pub async fn keep_batches(store: &Store) -> Result<(), StorageError> {
    let (mut transaction, now) = store.write().await?;
    let cells = [store.process().into(), (now + SILENCE).into()];
    transaction
        .execute(include_str!("keep_batches.sql"), cells)
        .await?;
    transaction.commit().await
}

/// Ends all leases of an embedded store: whoever opens it is the only one.
pub async fn end_leases(store: &Store) -> Result<(), StorageError> {
    if store.database.kind() == Kind::Postgres {
        return Ok(());
    }
    let (mut transaction, _) = store.write().await?;
    transaction
        .execute(include_str!("release_batches.sql"), [])
        .await?;
    transaction.commit().await
}

/// Marks batches whose holder is silent; they can be resumed.
pub async fn mark_interrupted(
    transaction: &mut Transaction,
    now: Micros,
) -> Result<u64, StorageError> {
    transaction
        .execute(include_str!("interrupt_batches.sql"), [now.into()])
        .await
}

/// Batches that are being withdrawn and whose holder is silent.
pub async fn abandoned_withdrawals(
    transaction: &mut Transaction,
    now: Micros,
) -> Result<Vec<i64>, StorageError> {
    let rows = transaction
        .fetch_all(include_str!("abandoned_withdrawals.sql"), [now.into()])
        .await?;
    rows.iter().map(|row| row.integer(0)).collect()
}

/// Keeps the batches of a process that is no server, as long as this lives.
#[derive(Debug)]
pub struct Heartbeat(JoinHandle<()>);

impl Heartbeat {
    /// Begins.
    pub fn start(store: &Store) -> Self {
        let store = store.clone();
        Self(tokio::spawn(async move {
            let mut ticks = tokio::time::interval(HEARTBEAT);
            ticks.tick().await;
            loop {
                ticks.tick().await;
                if let Err(error) = keep_batches(&store).await {
                    tracing::warn!(%error, "whether this process is alive could not be written");
                }
            }
        }))
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.0.abort();
    }
}
