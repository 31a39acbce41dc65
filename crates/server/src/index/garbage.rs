//! Deleting the blocks of runs that are not live: merged away, or left by a crash.

use domain::register::IndexKind;
use storage::StorageError;

use crate::index::run::filter_kind;
use crate::index::steps::{Keeper, Steps};
use crate::store::Store;

/// Deletes what is garbage. While somebody else keeps the index it does nothing.
pub async fn collect_garbage(store: &Store, steps: Steps) -> Result<(), StorageError> {
    if dead_runs(store).await?.is_empty() {
        return Ok(());
    }
    let Some(mut keeper) = Keeper::begin(store, steps).await? else {
        return Ok(());
    };
    if collect(&mut keeper).await? {
        keeper.end().await?;
    }
    Ok(())
}

async fn dead_runs(store: &Store) -> Result<Vec<i64>, StorageError> {
    let mut transaction = store.database.read().await?;
    let rows = transaction
        .fetch_all(include_str!("dead_runs.sql"), [])
        .await?;
    rows.iter().map(|row| row.integer(0)).collect()
}

/// Gives whether the turn lasted.
pub(super) async fn collect(keeper: &mut Keeper<'_>) -> Result<bool, StorageError> {
    let dead = dead_runs(keeper.store).await?;
    let blocks = keeper.steps.blocks();
    for run in &dead {
        let kinds = IndexKind::ALL.into_iter();
        for kind in kinds.flat_map(|kind| [i64::from(kind.number()), filter_kind(kind)]) {
            let limit = i64::try_from(blocks).unwrap_or(i64::MAX);
            loop {
                let mut step = keeper.step().await?;
                let cells = [kind.into(), (*run).into(), limit.into()];
                let deleted = step
                    .transaction
                    .execute(include_str!("delete_index_blocks.sql"), cells)
                    .await?;
                if !keeper.end_step(step).await? {
                    return Ok(false);
                }
                if deleted < blocks as u64 {
                    break;
                }
            }
        }
        let mut step = keeper.step().await?;
        step.transaction
            .execute(include_str!("delete_index_run.sql"), [(*run).into()])
            .await?;
        if !keeper.end_step(step).await? {
            return Ok(false);
        }
    }
    keeper.store.index.forget(&dead);
    Ok(true)
}
