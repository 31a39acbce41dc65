//! The import of a file: surveyed first, then written chunk by chunk, resumable at every chunk.

use std::time::Instant;

use domain::intake::{Mapping, ResolvedMapping};
use tables::ReadOptions;

use crate::index::Steps;
use crate::intake::{
    Batch, BatchState, Heartbeat, IntakeError, NewBatch, blocking, find_batch_of_file,
    finish_batch, hold_batch, start_batch, write_mapping_text,
};
use crate::pipeline::file::{FileFacts, Origin, read_options};
use crate::pipeline::report::{self, ImportReport};
use crate::pipeline::work::Work;
use crate::protection::KeyScope;
use crate::register::{NewSource, RegisterError, Source, create_source, find_source, tallies};
use crate::store::Store;

/// How much an import may do at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Nobody else uses the store: large chunks.
    Alone,
    /// People work beside it: a transaction lasts about 25 ms.
    Shared,
}

impl Pace {
    pub(super) fn rows(self) -> usize {
        match self {
            Self::Alone => 50_000,
            Self::Shared => 500,
        }
    }

    /// Rows of a dry run, which holds nobody up.
    pub(super) fn rows_to_check(self) -> usize {
        match self {
            Self::Alone => 50_000,
            Self::Shared => 5_000,
        }
    }

    pub(super) fn steps(self) -> Steps {
        match self {
            Self::Alone => Steps::Large,
            Self::Shared => Steps::Small,
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

/// What is known before the first row is dealt with.
pub(super) struct Prologue {
    pub facts: FileFacts,
    pub mapping: ResolvedMapping,
    pub read_options: ReadOptions,
}

/// Imports a file, or goes on where it stopped. `progress` hears of the batch after every chunk.
/// A dry run leaves no batch: a batch that can be looked at later is begun by the server.
pub async fn import_file(
    store: &Store,
    options: ImportOptions,
    mut progress: impl FnMut(&Batch),
) -> Result<ImportReport, IntakeError> {
    let started = Instant::now();
    let prologue = survey(store, &options).await?;
    let mut report = empty_report(store, &options, &prologue);
    let work = Work {
        store,
        options: &options,
        prologue: &prologue,
    };
    if options.dry_run {
        work.check(None, &mut report).await?;
        report.customers = customers(store).await?;
    } else {
        let source = source_of(store, &options).await?;
        let mut batch = open_batch(store, &options, &prologue, &source).await?;
        let _alive = Heartbeat::start(store);
        if batch.state == BatchState::Finished {
            report.repeated = true;
            tell(&mut report, &batch);
            report.customers = customers(store).await?;
        } else {
            work.write(&source, &mut batch, &mut report, &mut progress)
                .await?;
            finish(store, &mut batch, &mut report).await?;
            progress(&batch);
        }
    }
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// Reads the file through once and fits the mapping to it.
pub(super) async fn survey(
    store: &Store,
    options: &ImportOptions,
) -> Result<Prologue, IntakeError> {
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

/// The report of an import that has not begun.
pub(super) fn empty_report(
    store: &Store,
    options: &ImportOptions,
    prologue: &Prologue,
) -> ImportReport {
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

/// Ends a batch whose every row is dealt with.
pub(super) async fn finish(
    store: &Store,
    batch: &mut Batch,
    report: &mut ImportReport,
) -> Result<(), IntakeError> {
    tell(report, batch);
    report.customers = customers(store).await?;
    let told = serde_json::to_string(&report).ok();
    let (mut transaction, finished_at) = store.write().await?;
    batch.state = BatchState::Finished;
    batch.finished_at = Some(finished_at);
    finish_batch(&mut transaction, batch, finished_at, None, told).await?;
    Ok(transaction.commit().await?)
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

async fn customers(store: &Store) -> Result<u64, IntakeError> {
    let mut transaction = store.database.read().await?;
    let tallies = tallies(&mut transaction).await?;
    let customers = tallies.get("customers").copied().unwrap_or_default();
    Ok(u64::try_from(customers).unwrap_or_default())
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
    let mapping = write_mapping_text(&options.mapping);
    let (mut transaction, recorded_at) = store.write().await?;
    let known = find_batch_of_file(&mut transaction, source.id, facts.digest, &mapping).await?;
    if let Some(batch) = known {
        if batch.state != BatchState::Finished {
            // Whoever asks again knows that nobody else is at it.
            hold_batch(&mut transaction, store, recorded_at, batch.id).await?;
            transaction.commit().await?;
        }
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
    hold_batch(&mut transaction, store, recorded_at, batch.id).await?;
    // The key is there before the batch is: a crash between the two leaves a key of nothing.
    store.keys.make_and_save(KeyScope::Batch, batch.id).await?;
    transaction.commit().await?;
    Ok(batch)
}
