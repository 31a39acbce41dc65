//! Reading through runs that memory does not know, beside everybody who looks for something.

use domain::register::IndexKind;
use storage::{Database, Row, StorageError};

use crate::index::Entry;
use crate::index::block::BlockReader;
use crate::index::cache::{Run, is_filtered};
use crate::index::filter::Filter;
use crate::index::find::live_runs;
use crate::index::run::filter_kind;
use crate::store::Store;

/// Blocks read by one statement.
const PAGE_ROWS: i64 = 128;

/// Reads through every live run that memory does not know: at a start, and where another server wrote some. Nobody waits
/// for it; until then such runs are looked into without fences and filter.
pub async fn warm(store: &Store) -> Result<(), StorageError> {
    let mut transaction = store.database.read().await?;
    let runs = live_runs(&mut transaction).await?;
    drop(transaction);
    store.index.forget_all_but(&runs);
    // The youngest are few keys and many runs.
    for run in runs.into_iter().rev() {
        for kind in IndexKind::ALL {
            store.index.run(&store.database, kind, run).await?;
        }
    }
    Ok(())
}

/// Reads a run page by page, each by itself: whoever reads one state of the store for long keeps its log from being
/// shortened.
pub(super) async fn read_run(
    database: &Database,
    kind: IndexKind,
    run: i64,
) -> Result<Run, StorageError> {
    let known = Run {
        fences: read_fences(database, kind, run).await?,
        filter: read_filter(database, kind, run).await?,
    };
    if !is_filtered(kind) || known.filter.room() > 0 {
        return Ok(known);
    }
    // An older program stored none.
    read_blocks(database, kind, run, known).await
}

/// Makes the filter of a run of its blocks.
async fn read_blocks(
    database: &Database,
    kind: IndexKind,
    run: i64,
    known: Run,
) -> Result<Run, StorageError> {
    let mut reading = Reading {
        run: known,
        last: Vec::new(),
    };
    loop {
        let cells = [
            i64::from(kind.number()).into(),
            run.into(),
            reading.last.clone().into(),
            PAGE_ROWS.into(),
        ];
        let mut transaction = database.read().await?;
        let rows = transaction
            .fetch_all(include_str!("page_of_blocks.sql"), cells)
            .await?;
        drop(transaction);
        if rows.is_empty() {
            return Ok(reading.run);
        }
        let work = tokio::task::spawn_blocking(move || reading.take(&rows));
        reading = work
            .await
            .map_err(|error| StorageError::Task(error.to_string()))??;
    }
}

async fn read_filter(
    database: &Database,
    kind: IndexKind,
    run: i64,
) -> Result<Filter, StorageError> {
    let mut filter = Filter::default();
    let mut last = Vec::new();
    loop {
        let cells = [
            filter_kind(kind).into(),
            run.into(),
            last.clone().into(),
            PAGE_ROWS.into(),
        ];
        let mut transaction = database.read().await?;
        let rows = transaction
            .fetch_all(include_str!("page_of_blocks.sql"), cells)
            .await?;
        let Some(row) = rows.last() else {
            return Ok(filter);
        };
        last = row.bytes(0)?;
        for row in &rows {
            filter.append(&row.bytes(1)?);
        }
    }
}

async fn read_fences(
    database: &Database,
    kind: IndexKind,
    run: i64,
) -> Result<Vec<Vec<u8>>, StorageError> {
    let mut fences: Vec<Vec<u8>> = Vec::new();
    loop {
        let cells = [
            i64::from(kind.number()).into(),
            run.into(),
            fences.last().cloned().unwrap_or_default().into(),
            PAGE_ROWS.into(),
        ];
        let mut transaction = database.read().await?;
        let rows = transaction
            .fetch_all(include_str!("page_of_fences.sql"), cells)
            .await?;
        if rows.is_empty() {
            return Ok(fences);
        }
        for row in rows {
            fences.push(row.bytes(0)?);
        }
    }
}

/// A run that is being read.
struct Reading {
    run: Run,
    /// The position at which the last block began that was read.
    last: Vec<u8>,
}

impl Reading {
    /// Takes in a page of blocks.
    fn take(mut self, rows: &[Row]) -> Result<Self, StorageError> {
        let blocks = rows.iter().map(|row| row.bytes(1));
        let blocks = blocks.collect::<Result<Vec<_>, _>>()?;
        if self.last.is_empty() {
            // All blocks of a run hold about as many.
            let entries: usize = blocks.iter().map(|block| count(block)).sum();
            let room = entries * self.run.fences.len() / rows.len().max(1);
            self.run.filter = Filter::with_room(room + room / 50);
        }
        for block in &blocks {
            let mut reader = BlockReader::default();
            while let Some(Entry { key, .. }) = reader.next(block) {
                self.run.filter.add(key);
            }
        }
        if let Some(row) = rows.last() {
            self.last = row.bytes(0)?;
        }
        Ok(self)
    }
}

fn count(block: &[u8]) -> usize {
    let mut reader = BlockReader::default();
    let mut entries = 0;
    while reader.next(block).is_some() {
        entries += 1;
    }
    entries
}
