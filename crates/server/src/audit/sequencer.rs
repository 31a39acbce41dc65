//! The sequencer (定序): numbers entries after they were written, in the order of their ids, so that
//! a gap in the numbers means that something was taken away.
//!
//! There is no lease to be held: a write waits for every other write, also on PostgreSQL and also
//! of another server (see [`Store::write`]), so what is visible is complete, and two sequencers
//! take turns.

use std::time::Duration;

use storage::StorageError;

use crate::store::{Store, allocate};

const PERIOD: Duration = Duration::from_secs(1);
/// Entries that one transaction numbers.
const AT_ONCE: i64 = 5_000;

/// Numbers up to `limit` entries and says how many.
pub async fn sequence(store: &Store, limit: i64) -> Result<i64, StorageError> {
    if unsequenced(store).await? == 0 {
        return Ok(0);
    }
    let (mut transaction, _) = store.write().await?;
    let waiting = transaction
        .fetch_one(include_str!("count_unsequenced.sql"), [])
        .await?;
    let count = waiting.integer(0)?.min(limit);
    if count <= 0 {
        return Ok(0);
    }
    let first = allocate(&mut transaction, "audit_position", count).await?;
    transaction
        .execute(
            include_str!("sequence.sql"),
            [(first - 1).into(), count.into()],
        )
        .await?;
    transaction.commit().await?;
    Ok(count)
}

/// How many entries have no number yet.
pub async fn unsequenced(store: &Store) -> Result<i64, StorageError> {
    let mut transaction = store.database.read().await?;
    let row = transaction
        .fetch_one(include_str!("count_unsequenced.sql"), [])
        .await?;
    row.integer(0)
}

/// Numbers entries each second, for as long as the server runs.
pub async fn run(store: Store) {
    let mut ticks = tokio::time::interval(PERIOD);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = sequence(&store, AT_ONCE).await {
            tracing::warn!(%error, "the sequencer will try again");
        }
    }
}
