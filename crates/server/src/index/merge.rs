//! Merging runs, so that there are few to look into.

use domain::register::IndexKind;
use storage::StorageError;

use crate::index::cache::is_filtered;
use crate::index::cursor::{Merging, Needs};
use crate::index::garbage::collect;
use crate::index::run::RunBlocks;
use crate::index::steps::{Keeper, Steps};
use crate::store::{Store, allocate};

/// So many runs of a level become one of the next.
const FAN_IN: usize = 8;

/// Merges as many runs as the levels ask for, a little at a time, so that nobody waits long; until the last step the
/// merged run is not live, and a crash leaves only garbage. Gives whether it merged anything; while somebody else
/// merges it does nothing.
pub async fn merge_runs(store: &Store, steps: Steps) -> Result<bool, StorageError> {
    if due(store).await?.is_none() {
        return Ok(false);
    }
    let Some(mut keeper) = Keeper::begin(store, steps).await? else {
        return Ok(false);
    };
    let mut merged = false;
    while let Some((level, runs)) = due(store).await? {
        let kept = merge(&mut keeper, level, &runs).await? && collect(&mut keeper).await?;
        if !kept {
            return Ok(merged);
        }
        merged = true;
    }
    keeper.end().await?;
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
async fn merge(keeper: &mut Keeper<'_>, level: i64, runs: &[i64]) -> Result<bool, StorageError> {
    let Some(mut blocks) = begin_run(keeper, level + 1).await? else {
        return Ok(false);
    };
    for kind in IndexKind::ALL {
        if is_filtered(kind) {
            blocks.expect(kind, keys_of(keeper.store, kind, runs).await?);
        }
        let Some(merged) = merge_kind(keeper, Merging::new(kind, runs, blocks)).await? else {
            return Ok(false);
        };
        blocks = merged;
    }
    blocks.finish();
    if !write_blocks(keeper, &mut blocks).await? {
        return Ok(false);
    }
    let mut step = keeper.step_that_shows().await?;
    for run in runs {
        step.transaction
            .execute(include_str!("retire_index_run.sql"), [(*run).into()])
            .await?;
    }
    step.transaction
        .execute(include_str!("enliven_index_run.sql"), [blocks.run().into()])
        .await?;
    blocks.keep(&keeper.store.index);
    keeper.end_step(step).await
}

/// Begins a run that is not live; none if the turn did not last.
pub(super) async fn begin_run(
    keeper: &mut Keeper<'_>,
    level: i64,
) -> Result<Option<RunBlocks>, StorageError> {
    let mut step = keeper.step().await?;
    let run = allocate(&mut step.transaction, "index_run", 1).await?;
    let cells = [run.into(), level.into(), false.into()];
    step.transaction
        .execute(include_str!("insert_index_run.sql"), cells)
        .await?;
    let kept = keeper.end_step(step).await?;
    Ok(kept.then(|| RunBlocks::new(run)))
}

/// Writes all blocks that wait. Gives whether the turn lasted.
pub(super) async fn write_blocks(
    keeper: &mut Keeper<'_>,
    blocks: &mut RunBlocks,
) -> Result<bool, StorageError> {
    while blocks.waiting() > 0 {
        let rows = blocks.take(keeper.steps.blocks());
        if !keeper.insert_blocks(rows).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How many keys of a kind runs have together.
async fn keys_of(store: &Store, kind: IndexKind, runs: &[i64]) -> Result<usize, StorageError> {
    let mut keys = 0;
    for run in runs {
        let known = store.index.run(&store.database, kind, *run).await?;
        keys += known.filter.room();
    }
    Ok(keys)
}

/// Merges one kind, which only computes but for the reading and the writing: on a thread that may be busy for long.
/// Gives the blocks that wait; none if the turn did not last.
async fn merge_kind(
    keeper: &mut Keeper<'_>,
    mut merging: Merging,
) -> Result<Option<RunBlocks>, StorageError> {
    let limit = keeper.steps.blocks();
    loop {
        let work = tokio::task::spawn_blocking(move || {
            let needs = merging.go_on(limit);
            (merging, needs)
        });
        let (went_on, needs) = work
            .await
            .map_err(|error| StorageError::Task(error.to_string()))?;
        merging = went_on;
        match needs {
            Needs::Page(place) => merging.read_page(&keeper.store.database, place).await?,
            Needs::Writer => {
                let rows = merging.blocks.take(limit);
                if !keeper.insert_blocks(rows).await? {
                    return Ok(None);
                }
            }
            Needs::Nothing => return Ok(Some(merging.blocks)),
        }
    }
}
