//! Batches that the server runs (导入任务): one at a time, in the order in which they were begun.
//!
//! What is known of a batch stands in the store, so a server that stops leaves nothing but a batch
//! to be resumed.

use std::sync::Arc;

use domain::intake::Mapping;
use storage::Transaction;
use tokio::sync::Semaphore;

use crate::http::Problem;
use crate::intake::{
    Batch, BatchCounts, BatchState, IntakeError, NOT_SURVEYED, NewBatch, Surveyed, Upload,
    blocking, check_mapping, find_batch, find_batch_of_file, find_upload, finish_batch, hold_batch,
    let_go, load_mapping, read_mapping, resume_batch, save_mapping, start_batch, survey_batch,
    upload_key, upload_path, write_mapping_text,
};
use crate::pipeline::file::{Origin, read_options};
use crate::pipeline::import::{ImportOptions, Pace, Prologue, empty_report, finish, survey};
use crate::pipeline::report::ImportReport;
use crate::pipeline::withdraw::withdraw;
use crate::pipeline::work::Work;
use crate::protection::KeyScope;
use crate::register::{Source, find_source, list_sources};
use crate::store::Store;

/// Whose turn it is. Those who wait are served in the order in which they came.
#[derive(Debug, Clone)]
pub struct Imports {
    turn: Arc<Semaphore>,
}

impl Default for Imports {
    fn default() -> Self {
        Self {
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Imports {
    /// Runs or withdraws a batch when its turn comes, whichever its state asks for.
    pub(super) fn enqueue(&self, store: Store, batch: i64) {
        let turn = Arc::clone(&self.turn);
        tokio::spawn(async move {
            // It is closed by nobody; were it, the batch would stay there to be resumed.
            if let Ok(_turn) = turn.acquire_owned().await {
                run_batch(&store, batch).await;
            }
        });
    }
}

/// What somebody wants to import.
#[derive(Debug, Clone)]
pub struct BatchWish {
    /// The upload.
    pub upload: i64,
    /// The code of the source.
    pub source: String,
    /// What the columns mean, said now.
    pub mapping: Option<Mapping>,
    /// What the columns mean, as it was saved.
    pub mapping_name: Option<String>,
    /// The name to save the mapping under.
    pub save_mapping_as: Option<String>,
    /// The sheet to read.
    pub sheet: Option<String>,
    /// Whether to write nothing.
    pub dry_run: bool,
}

/// Begins a batch, or goes on with the one of this very file and mapping; gives its number. The file
/// is opened here, so that a file or a mapping that cannot be used is refused at once.
pub async fn begin_batch(
    store: &Store,
    imports: &Imports,
    actor: &str,
    wish: BatchWish,
) -> Result<i64, IntakeError> {
    let mut transaction = store.database.read().await?;
    let source = find_source(&mut transaction, &wish.source).await?;
    let upload = find_upload(&mut transaction, wish.upload).await?;
    let mapping = mapping_of(&mut transaction, &source, &wish).await?;
    drop(transaction);
    check_mapping(&store.catalogue, &mapping)?;
    let origin = origin_of(store, &upload).await?;
    let options = read_options(&mapping, wish.sheet.as_deref());
    let reader = blocking(move || origin.open(&options)).await?;
    mapping.resolve(&store.catalogue, reader.header())?;
    if let Some(name) = &wish.save_mapping_as {
        save_mapping(store, actor, &source, name, &mapping).await?;
    }
    let begun = NewBatch {
        source: source.id,
        upload: Some(upload.id),
        file_name: upload.name,
        file_digest: upload.digest,
        format: reader.description().format.to_string(),
        encoding: reader
            .description()
            .encoding
            .map(|encoding| encoding.to_string()),
        sheet: reader.description().sheet.clone(),
        mapping: write_mapping_text(&mapping),
        dry_run: wish.dry_run,
        total_rows: NOT_SURVEYED,
        started_by: actor.to_owned(),
    };
    let batch = open_batch(store, actor, begun).await?;
    if batch.state == BatchState::Running {
        imports.enqueue(store.clone(), batch.id);
    }
    Ok(batch.id)
}

/// Goes on with a batch that stopped.
pub async fn resume(
    store: &Store,
    imports: &Imports,
    actor: &str,
    id: i64,
) -> Result<(), IntakeError> {
    let (mut transaction, recorded_at) = store.write().await?;
    let found = find_batch(&mut transaction, id).await?;
    let mut batch = found.ok_or(IntakeError::UnknownBatch(id))?;
    if batch.begun.upload.is_none() {
        return Err(IntakeError::state(
            "此文件由命令行读取，请重新运行同一 hubu import 命令",
            "the command line read this file: run the same hubu import again",
        ));
    }
    match batch.state {
        BatchState::Finished => return Ok(()),
        // Somebody is at it, perhaps another server.
        BatchState::Running if batch.held_until.is_some_and(|until| until >= recorded_at) => {
            return Ok(());
        }
        BatchState::Running | BatchState::Interrupted => {}
        BatchState::Failed | BatchState::Withdrawing | BatchState::Withdrawn => {
            let state = batch.state.name();
            return Err(IntakeError::state(
                "失败、撤回中或已撤回的批次不能继续，请新建批次",
                format!("a batch that is {state} cannot go on; begin a new one"),
            ));
        }
    }
    resume_batch(&mut transaction, recorded_at, actor, &mut batch).await?;
    hold_batch(&mut transaction, store, recorded_at, id).await?;
    transaction.commit().await?;
    imports.enqueue(store.clone(), id);
    Ok(())
}

async fn mapping_of(
    transaction: &mut Transaction,
    source: &Source,
    wish: &BatchWish,
) -> Result<Mapping, IntakeError> {
    match (&wish.mapping, &wish.mapping_name) {
        (Some(mapping), _) => Ok(mapping.clone()),
        (None, Some(name)) => load_mapping(transaction, source.id, name).await,
        (None, None) => Ok(Mapping::by_header(None)),
    }
}

async fn origin_of(store: &Store, upload: &Upload) -> Result<Origin, IntakeError> {
    Ok(Origin::Upload {
        path: upload_path(store, upload.id),
        id: upload.id,
        key: upload_key(store, upload.id).await?,
        name: upload.name.clone(),
    })
}

/// The batch of this very file and mapping, or a new one. A dry run is always a new one.
async fn open_batch(store: &Store, actor: &str, begun: NewBatch) -> Result<Batch, IntakeError> {
    let (mut transaction, recorded_at) = store.write().await?;
    let (source, digest) = (begun.source, begun.file_digest);
    let known = if begun.dry_run {
        None
    } else {
        find_batch_of_file(&mut transaction, source, digest, &begun.mapping).await?
    };
    let Some(mut batch) = known else {
        let batch = start_batch(&mut transaction, recorded_at, begun).await?;
        hold_batch(&mut transaction, store, recorded_at, batch.id).await?;
        // The key is there before the batch is: a crash between the two leaves a key of nothing.
        store.keys.make_and_save(KeyScope::Batch, batch.id).await?;
        transaction.commit().await?;
        return Ok(batch);
    };
    if batch.state == BatchState::Interrupted && batch.begun.upload.is_some() {
        resume_batch(&mut transaction, recorded_at, actor, &mut batch).await?;
        hold_batch(&mut transaction, store, recorded_at, batch.id).await?;
        transaction.commit().await?;
    }
    Ok(batch)
}

/// Runs a batch to its end, or withdraws it, and writes down how that ended.
pub async fn run_batch(store: &Store, id: i64) {
    if let Err(error) = withdraw(store, id).await {
        tracing::warn!(batch = id, %error, "a withdrawal stopped and will be gone on with");
        if let Err(error) = let_go(store, id).await {
            tracing::error!(batch = id, %error, "a withdrawal goes on when the server is restarted");
        }
        return;
    }
    let Err(error) = run(store, id).await else {
        return;
    };
    if let IntakeError::Elsewhere(batch) = error {
        tracing::info!(batch, "the batch is written by somebody else");
        return;
    }
    tracing::warn!(batch = id, "a batch stopped");
    if let Err(error) = note_failure(store, id, error).await {
        tracing::error!(batch = id, %error, "how the batch stopped could not be written down");
    }
}

async fn run(store: &Store, id: i64) -> Result<(), IntakeError> {
    let Some((mut batch, source, options)) = reload(store, id).await? else {
        return Ok(());
    };
    let prologue = survey(store, &options).await?;
    let mut report = empty_report(store, &options, &prologue);
    report.batch = Some(id.to_string());
    let (mut transaction, _) = store.write().await?;
    survey_batch(&mut transaction, id, &surveyed(&prologue, &report)).await?;
    transaction.commit().await?;
    let work = Work {
        store,
        options: &options,
        prologue: &prologue,
    };
    if options.dry_run {
        // It wrote nothing, so it begins again from the first row.
        batch.counts = BatchCounts::default();
        work.check(Some(&mut batch), &mut report).await?;
    } else {
        work.write(&source, &mut batch, &mut report, &mut |_| {})
            .await?;
    }
    finish(store, &mut batch, &mut report).await
}

/// The batch as it stands when its turn comes; none when there is nothing left to do.
async fn reload(
    store: &Store,
    id: i64,
) -> Result<Option<(Batch, Source, ImportOptions)>, IntakeError> {
    let mut transaction = store.database.read().await?;
    let Some(batch) = find_batch(&mut transaction, id).await? else {
        return Ok(None);
    };
    let Some(upload) = batch
        .begun
        .upload
        .filter(|_| batch.state == BatchState::Running)
    else {
        return Ok(None);
    };
    let upload = find_upload(&mut transaction, upload).await?;
    let sources = list_sources(&mut transaction).await?;
    drop(transaction);
    let source = sources
        .into_iter()
        .find(|source| source.id == batch.begun.source);
    let Some(source) = source else {
        return Ok(None);
    };
    let options = ImportOptions {
        origin: origin_of(store, &upload).await?,
        source: source.said.code.clone(),
        new_source: false,
        mapping: read_mapping(&batch.begun.mapping)?,
        sheet: batch.begun.sheet.clone(),
        dry_run: batch.begun.dry_run,
        actor: batch.begun.started_by.clone(),
        pace: Pace::Shared,
    };
    Ok(Some((batch, source, options)))
}

fn surveyed(prologue: &Prologue, report: &ImportReport) -> Surveyed {
    let facts = &prologue.facts;
    Surveyed {
        format: facts.format.clone(),
        encoding: facts.encoding.clone(),
        sheet: facts.sheet.clone(),
        rows: i64::try_from(facts.rows).unwrap_or(i64::MAX),
        report: serde_json::to_string(report).unwrap_or_default(),
    }
}

/// A batch that wrote rows can be resumed once the cause is gone; one that wrote none has failed.
async fn note_failure(store: &Store, id: i64, error: IntakeError) -> Result<(), IntakeError> {
    let (mut transaction, finished_at) = store.write().await?;
    let Some(mut batch) = find_batch(&mut transaction, id).await? else {
        return Ok(());
    };
    let has_written = batch.counts.rows_done > 0 && !batch.begun.dry_run;
    batch.state = if has_written {
        BatchState::Interrupted
    } else {
        BatchState::Failed
    };
    let problem = serde_json::to_string(&Problem::from(error)).ok();
    let (problem, report) = (problem.as_deref(), batch.report.clone());
    finish_batch(&mut transaction, &batch, finished_at, problem, report).await?;
    Ok(transaction.commit().await?)
}
