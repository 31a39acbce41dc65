//! Looks after batches: says that this server works at its own, and finds those that nobody works at
//! any more.

use storage::StorageError;

use crate::intake::{HEARTBEAT, abandoned_withdrawals, hold_batch, keep_batches, mark_interrupted};
use crate::pipeline::jobs::Imports;
use crate::store::Store;

/// Looks after batches for as long as the server runs.
pub async fn look_after_batches(store: Store, imports: Imports) {
    let mut ticks = tokio::time::interval(HEARTBEAT);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = look_once(&store, &imports).await {
            tracing::warn!(%error, "batches will be looked after later");
        }
    }
}

/// An import waits for somebody to resume it; a withdrawal that was asked for goes on by itself.
async fn look_once(store: &Store, imports: &Imports) -> Result<(), StorageError> {
    keep_batches(store).await?;
    let (mut transaction, now) = store.write().await?;
    mark_interrupted(&mut transaction, now).await?;
    let left = abandoned_withdrawals(&mut transaction, now).await?;
    for batch in &left {
        hold_batch(&mut transaction, store, now, *batch).await?;
    }
    transaction.commit().await?;
    for batch in left {
        imports.enqueue(store.clone(), batch);
    }
    Ok(())
}
