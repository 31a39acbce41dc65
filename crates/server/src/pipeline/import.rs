//! The import of a file: surveyed first, then written chunk by chunk, resumable at every chunk.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use domain::intake::{Mapping, ResolvedMapping, Target};
use tables::{ReadOptions, Reader, TableError};
use tokio::sync::mpsc;
use vault::DataKey;

use crate::intake::{
    Batch, BatchCounts, BatchState, HeldRow, IntakeError, NewBatch, find_batch_of_file,
    finish_batch, progress_batch, quarantine_rows, start_batch,
};
use crate::pipeline::chunk::{ChunkContext, IndexTarget, Written, write_chunk};
use crate::pipeline::file::{FileFacts, Origin, read_options};
use crate::pipeline::prepare::{Prepared, Preparer};
use crate::pipeline::report::{self, ImportReport, PROBLEMS_SHOWN, RowProblemReport};
use crate::protection::KeyScope;
use crate::register::index::merge_runs;
use crate::register::{
    NewSource, RegisterError, Source, create_source, find_source, list_sources, tallies,
    unknown_columns,
};
use crate::store::Store;

/// Prepared chunks that wait for the writer.
const CHUNKS_AHEAD: usize = 1;

/// How much an import may do at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Nobody else uses the store: large chunks.
    Alone,
    /// People work beside it: a transaction lasts about 25 ms.
    Shared,
}

impl Pace {
    fn rows(self) -> usize {
        match self {
            Self::Alone => 50_000,
            Self::Shared => 500,
        }
    }

    fn blocks(self) -> usize {
        match self {
            Self::Alone => 4_000,
            Self::Shared => 64,
        }
    }
}

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The file.
    pub origin: Origin,
    /// The code of the source.
    pub source: String,
    /// Whether to register the source when nobody did.
    pub new_source: bool,
    /// What the columns mean.
    pub mapping: Mapping,
    /// The sheet to read.
    pub sheet: Option<String>,
    /// Whether to write nothing.
    pub dry_run: bool,
    /// Who asks.
    pub actor: String,
    /// How much to do at once.
    pub pace: Pace,
}

struct Prologue {
    facts: FileFacts,
    mapping: ResolvedMapping,
    read_options: ReadOptions,
}

/// Imports a file, or goes on where it stopped. `progress` hears of the batch after every chunk.
pub async fn import_file(
    store: &Store,
    options: ImportOptions,
    mut progress: impl FnMut(&Batch),
) -> Result<ImportReport, IntakeError> {
    let started = Instant::now();
    let prologue = survey(store, &options).await?;
    let mut report = empty_report(store, &options, &prologue);
    if options.dry_run {
        dry_run(store, options, prologue, &mut report).await?;
    } else {
        let source = source_of(store, &options).await?;
        let batch = open_batch(store, &options, &prologue, &source).await?;
        if batch.state == BatchState::Finished {
            report.repeated = true;
            tell(&mut report, &batch);
        } else {
            let batch = write(
                store,
                options,
                prologue,
                &source,
                batch,
                &mut report,
                &mut progress,
            )
            .await?;
            tell(&mut report, &batch);
        }
    }
    let mut transaction = store.database.read().await?;
    let customers = tallies(&mut transaction)
        .await?
        .get("customers")
        .copied()
        .unwrap_or_default();
    report.customers = u64::try_from(customers).unwrap_or_default();
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

async fn survey(store: &Store, options: &ImportOptions) -> Result<Prologue, IntakeError> {
    let read_options = read_options(&options.mapping, options.sheet.as_deref());
    let origin = options.origin.clone();
    let asked = read_options.clone();
    let facts = blocking(move || origin.survey(&asked)).await?;
    let mapping = options.mapping.resolve(&store.catalogue, &facts.header)?;
    Ok(Prologue {
        facts,
        mapping,
        read_options,
    })
}

fn empty_report(store: &Store, options: &ImportOptions, prologue: &Prologue) -> ImportReport {
    let columns = report::columns(&store.catalogue, &prologue.facts.header, &prologue.mapping);
    ImportReport {
        batch: None,
        source: options.source.clone(),
        file: prologue.facts.name.clone(),
        dry_run: options.dry_run,
        repeated: false,
        rows: prologue.facts.rows,
        accepted: 0,
        quarantined: 0,
        unchanged: 0,
        customers: 0,
        new_customers: 0,
        joined: 0,
        held_for_review: 0,
        notes: report::notes(&store.catalogue, &prologue.mapping, &columns),
        columns,
        problems: Vec::new(),
        durability: format!("{:?}", store.durability()).to_lowercase(),
        seconds: 0.0,
    }
}

fn tell(report: &mut ImportReport, batch: &Batch) {
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    report.batch = Some(batch.id.to_string());
    report.accepted = count(batch.counts.accepted);
    report.quarantined = count(batch.counts.quarantined);
    report.unchanged = count(batch.counts.unchanged);
    report.new_customers = count(batch.counts.new_customers);
    report.joined = count(batch.counts.joined);
    report.held_for_review = count(batch.counts.held_for_review);
}

async fn source_of(store: &Store, options: &ImportOptions) -> Result<Source, IntakeError> {
    let mut transaction = store.database.read().await?;
    let found = find_source(&mut transaction, &options.source).await;
    drop(transaction);
    match found {
        Err(RegisterError::UnknownSource(code)) if options.new_source => {
            Ok(create_source(store, &options.actor, NewSource::named(&code)).await?)
        }
        other => Ok(other?),
    }
}

/// The batch of this very file and mapping, or a new one.
async fn open_batch(
    store: &Store,
    options: &ImportOptions,
    prologue: &Prologue,
    source: &Source,
) -> Result<Batch, IntakeError> {
    let facts = &prologue.facts;
    let mapping = serde_json::to_string(&options.mapping).unwrap_or_default();
    let (mut transaction, recorded_at) = store.write().await?;
    let known = find_batch_of_file(&mut transaction, source.id, facts.digest, &mapping).await?;
    if let Some(batch) = known {
        return Ok(batch);
    }
    let begun = NewBatch {
        source: source.id,
        upload: options.origin.upload(),
        file_name: facts.name.clone(),
        file_digest: facts.digest,
        format: facts.format.clone(),
        encoding: facts.encoding.clone(),
        sheet: facts.sheet.clone(),
        mapping,
        dry_run: false,
        total_rows: i64::try_from(facts.rows).unwrap_or(i64::MAX),
        started_by: options.actor.clone(),
    };
    let batch = start_batch(&mut transaction, recorded_at, begun).await?;
    // The key goes first: a batch whose key was lost in a crash could never be resumed.
    store.keys.make_and_save(KeyScope::Batch, batch.id).await?;
    transaction.commit().await?;
    Ok(batch)
}

async fn preparer(
    store: &Store,
    prologue: &Prologue,
    source: Option<&Source>,
) -> Result<Preparer, IntakeError> {
    let header = prologue.facts.header.clone();
    let unknown = header.iter().zip(&prologue.mapping.targets).enumerate();
    let unknown: Vec<String> = unknown
        .filter(|(place, (_, target))| {
            **target == Target::Unknown && prologue.mapping.key != Some(*place)
        })
        .map(|(_, (column, _))| column.clone())
        .collect();
    let unknown = match source {
        Some(source) => {
            let (mut transaction, _) = store.write().await?;
            let fields = unknown_columns(&mut transaction, source.id, &unknown).await?;
            transaction.commit().await?;
            fields
        }
        // A dry run writes nothing, so it counts columns in the place of registering them.
        None => (domain::register::FieldId::FIRST_COLUMN..)
            .map(domain::register::FieldId)
            .zip(unknown)
            .map(|(field, column)| (column, field))
            .collect(),
    };
    Ok(Preparer {
        catalogue: Arc::clone(&store.catalogue),
        blind: store.keys.blind().clone(),
        mapping: prologue.mapping.clone(),
        header,
        unknown,
        source: source.map_or(0, |source| source.id),
    })
}

async fn dry_run(
    store: &Store,
    options: ImportOptions,
    prologue: Prologue,
    report: &mut ImportReport,
) -> Result<(), IntakeError> {
    let preparer = preparer(store, &prologue, None).await?;
    let reader = options.origin.open(&prologue.read_options)?;
    let mut chunks = prepare_ahead(reader, preparer, 0, options.pace.rows());
    while let Some(prepared) = chunks.recv().await {
        let prepared = prepared?;
        report.accepted += prepared.incoming.len() as u64;
        report.quarantined += prepared.refused.len() as u64;
        add_problems(report, &prepared);
    }
    Ok(())
}

fn add_problems(report: &mut ImportReport, prepared: &Prepared) {
    let room = PROBLEMS_SHOWN.saturating_sub(report.problems.len());
    report.problems.extend(
        prepared
            .refused
            .iter()
            .take(room)
            .map(RowProblemReport::from),
    );
}

/// Reads and prepares on a thread of its own, a chunk ahead of the writer.
fn prepare_ahead(
    mut reader: Reader,
    preparer: Preparer,
    skip: u64,
    rows: usize,
) -> mpsc::Receiver<Result<Prepared, TableError>> {
    let (sender, receiver) = mpsc::channel(CHUNKS_AHEAD);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = reader.skip_rows(skip) {
            // Nobody listens any more: the import ended with another error.
            drop(sender.blocking_send(Err(error)));
            return;
        }
        loop {
            let chunk = match reader.next_chunk(rows) {
                Ok(None) => return,
                Ok(Some(chunk)) => Ok(preparer.prepare(&chunk)),
                Err(error) => Err(error),
            };
            let failed = chunk.is_err();
            if sender.blocking_send(chunk).is_err() || failed {
                return;
            }
        }
    });
    receiver
}

async fn write(
    store: &Store,
    options: ImportOptions,
    prologue: Prologue,
    source: &Source,
    mut batch: Batch,
    report: &mut ImportReport,
    progress: &mut impl FnMut(&Batch),
) -> Result<Batch, IntakeError> {
    let preparer = preparer(store, &prologue, Some(source)).await?;
    let key = store.keys.load_one(KeyScope::Batch, batch.id).await?;
    let mut transaction = store.database.read().await?;
    let sources = list_sources(&mut transaction).await?;
    drop(transaction);
    let trust: HashMap<i64, u8> = sources
        .iter()
        .map(|source| (source.id, source.said.trust))
        .collect();
    let context = ChunkContext {
        source,
        batch: Some(batch.id),
        actor: &options.actor,
        entered_by: None,
        trust: &trust,
        target: IndexTarget::Run,
    };
    let reader = options.origin.open(&prologue.read_options)?;
    let skip = u64::try_from(batch.counts.rows_done).unwrap_or_default();
    let mut chunks = prepare_ahead(reader, preparer, skip, options.pace.rows());
    while let Some(prepared) = chunks.recv().await {
        let prepared = prepared?;
        add_problems(report, &prepared);
        write_prepared(store, &context, &key, &mut batch, prepared).await?;
        progress(&batch);
        merge_runs(store, options.pace.blocks()).await?;
    }
    let (mut transaction, finished_at) = store.write().await?;
    let told = serde_json::to_string(&report).ok();
    let state = BatchState::Finished;
    finish_batch(&mut transaction, batch.id, finished_at, state, None, told).await?;
    transaction.commit().await?;
    batch.state = state;
    batch.finished_at = Some(finished_at);
    progress(&batch);
    Ok(batch)
}

async fn write_prepared(
    store: &Store,
    context: &ChunkContext<'_>,
    key: &DataKey,
    batch: &mut Batch,
    prepared: Prepared,
) -> Result<(), IntakeError> {
    let Prepared {
        incoming,
        entries,
        refused,
        rows,
    } = prepared;
    let (mut transaction, recorded_at) = store.write().await?;
    let written = write_chunk(
        &mut transaction,
        store,
        recorded_at,
        context,
        &incoming,
        entries,
    )
    .await?;
    let quarantined = refused.len();
    let held = refused
        .into_iter()
        .map(|row| HeldRow {
            row_number: row.row_number,
            column: row.column,
            code: row.code,
            reason: row.reason,
            cells: row.cells,
        })
        .collect();
    quarantine_rows(&mut transaction, key, batch.id, held).await?;
    batch.counts = add(batch.counts, &written, rows, incoming.len(), quarantined);
    progress_batch(&mut transaction, batch.id, batch.counts, written.records).await?;
    Ok(transaction.commit().await?)
}

fn add(
    counts: BatchCounts,
    written: &Written,
    rows: u64,
    accepted: usize,
    quarantined: usize,
) -> BatchCounts {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    BatchCounts {
        rows_done: counts.rows_done + count(rows),
        accepted: counts.accepted + count(accepted as u64),
        quarantined: counts.quarantined + count(quarantined as u64),
        unchanged: counts.unchanged + count(written.unchanged),
        new_customers: counts.new_customers + count(written.new_customers),
        joined: counts.joined + count(written.joined),
        held_for_review: counts.held_for_review + count(written.held),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IntakeError> + Send + 'static,
) -> Result<T, IntakeError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(IntakeError::State(format!(
            "reading the file stopped: {error}"
        ))),
    }
}
