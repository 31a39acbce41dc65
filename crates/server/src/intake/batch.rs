//! Batches (采集批次, R2.10): one file at one time, with its counts and its outcome.

use serde_json::json;
use storage::{Row, StorageError, Transaction};

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::http::Count;
use crate::intake::upload::hexadecimal;
use crate::intake::withdrawal::{Withdrawal, into_withdrawal};
use crate::intake::{BatchState, IntakeError};
use crate::store::allocate;

/// The rows of a batch whose file was not read through yet.
pub const NOT_SURVEYED: i64 = -1;

/// What a batch has done so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BatchCounts {
    /// Rows of the file dealt with.
    pub rows_done: i64,
    /// Rows that are records, or said what stood already.
    pub accepted: i64,
    /// Rows in quarantine.
    pub quarantined: i64,
    /// Of the accepted, those that said what stood already.
    pub unchanged: i64,
    /// Customers that are new.
    pub new_customers: i64,
    /// Records that joined a customer.
    pub joined: i64,
    /// Records that a person must look at.
    pub held_for_review: i64,
}

/// A batch about to begin.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// The source.
    pub source: i64,
    /// The upload that holds the file; none where the command line reads it.
    pub upload: Option<i64>,
    /// What the file is called.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_digest: [u8; 32],
    /// Its format.
    pub format: String,
    /// Its encoding, where it has one.
    pub encoding: Option<String>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// The mapping, as JSON.
    pub mapping: String,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Rows of the file, or [`NOT_SURVEYED`].
    pub total_rows: i64,
    /// Who began it.
    pub started_by: String,
}

/// A batch as it stands.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Its number.
    pub id: i64,
    /// What it was begun with.
    pub begun: NewBatch,
    /// Where it stands.
    pub state: BatchState,
    /// What it has done.
    pub counts: BatchCounts,
    /// Its first and its last record.
    pub records: Option<(i64, i64)>,
    /// When it began.
    pub started_at: Micros,
    /// When it ended.
    pub finished_at: Option<Micros>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Micros>,
    /// What stopped it.
    pub problem: Option<String>,
    /// Notes and first problems, as JSON.
    pub report: Option<String>,
    /// Who takes it back, why, and how far that is.
    pub withdrawal: Option<Withdrawal>,
    /// Until when somebody is believed to work at it.
    pub held_until: Option<Micros>,
}

/// What the first reading of a file found.
#[derive(Debug, Clone)]
pub struct Surveyed {
    /// The format.
    pub format: String,
    /// The encoding, where it has one.
    pub encoding: Option<String>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// Rows of the file.
    pub rows: i64,
    /// What is known of the import before its first row: columns and notes, as JSON.
    pub report: String,
}

/// Begins a batch.
pub async fn start_batch(
    transaction: &mut Transaction,
    started_at: Micros,
    begun: NewBatch,
) -> Result<Batch, StorageError> {
    let id = allocate(transaction, "batch", 1).await?;
    let cells = [
        id.into(),
        begun.source.into(),
        begun.upload.into(),
        begun.file_name.as_str().into(),
        begun.file_digest.into(),
        begun.format.as_str().into(),
        begun.encoding.clone().into(),
        begun.sheet.clone().into(),
        begun.mapping.as_str().into(),
        begun.dry_run.into(),
        begun.total_rows.into(),
        started_at.into(),
        begun.started_by.as_str().into(),
    ];
    transaction
        .execute(include_str!("insert_batch.sql"), cells)
        .await?;
    let detail =
        json!({ "file_digest": hexadecimal(&begun.file_digest), "dry_run": begun.dry_run });
    note(
        transaction,
        started_at,
        &begun.started_by,
        "batch.started",
        id,
        detail,
    )
    .await?;
    Ok(Batch {
        id,
        begun,
        state: BatchState::Running,
        counts: BatchCounts::default(),
        records: None,
        started_at,
        finished_at: None,
        withdrawn_at: None,
        problem: None,
        report: None,
        withdrawal: None,
        held_until: None,
    })
}

/// Adds to what a batch has done, in the transaction that did it, and gives what it has done in
/// all. Refuses when the batch is not where the writer believes it to be: somebody else wrote these
/// rows already, or withdrew the batch.
pub async fn progress_batch(
    transaction: &mut Transaction,
    batch: &Batch,
    done: BatchCounts,
    records: Option<(i64, i64)>,
) -> Result<BatchCounts, IntakeError> {
    let cells = [
        batch.id.into(),
        batch.counts.rows_done.into(),
        done.rows_done.into(),
        done.accepted.into(),
        done.quarantined.into(),
        done.unchanged.into(),
        done.new_customers.into(),
        done.joined.into(),
        done.held_for_review.into(),
        records.map(|(first, _)| first).into(),
        records.map(|(_, last)| last).into(),
    ];
    let row = transaction
        .fetch_optional(include_str!("progress_batch.sql"), cells)
        .await?
        .ok_or(IntakeError::Elsewhere(batch.id))?;
    Ok(into_counts(&row, 0)?)
}

/// Notes what the first reading of the file of a batch found.
pub async fn survey_batch(
    transaction: &mut Transaction,
    batch: i64,
    found: &Surveyed,
) -> Result<(), IntakeError> {
    let cells = [
        batch.into(),
        found.format.as_str().into(),
        found.encoding.clone().into(),
        found.sheet.clone().into(),
        found.rows.into(),
        found.report.as_str().into(),
    ];
    let changed = transaction
        .execute(include_str!("survey_batch.sql"), cells)
        .await?;
    if changed == 0 {
        return Err(IntakeError::Elsewhere(batch));
    }
    transaction
        .execute(include_str!("restart_batch.sql"), [batch.into()])
        .await?;
    Ok(())
}

/// Lets a batch wait for its turn again.
pub async fn resume_batch(
    transaction: &mut Transaction,
    recorded_at: Micros,
    actor: &str,
    batch: &mut Batch,
) -> Result<(), StorageError> {
    batch.state = BatchState::Running;
    let cells = [batch.id.into(), batch.state.name().into()];
    transaction
        .execute(include_str!("set_batch_state.sql"), cells)
        .await?;
    let detail = json!({ "rows_done": batch.counts.rows_done });
    note(
        transaction,
        recorded_at,
        actor,
        "batch.resumed",
        batch.id,
        detail,
    )
    .await
}

/// Ends a batch: finished, failed, or interrupted with a reason why.
pub async fn finish_batch(
    transaction: &mut Transaction,
    batch: &Batch,
    finished_at: Micros,
    problem: Option<&str>,
    report: Option<String>,
) -> Result<(), StorageError> {
    let cells = [
        batch.id.into(),
        (batch.state != BatchState::Interrupted)
            .then_some(finished_at)
            .into(),
        batch.state.name().into(),
        problem.into(),
        report.into(),
    ];
    transaction
        .execute(include_str!("finish_batch.sql"), cells)
        .await?;
    let detail = json!({
        "state": batch.state.name(),
        "accepted": batch.counts.accepted,
        "quarantined": batch.counts.quarantined,
    });
    let actor = &batch.begun.started_by;
    note(
        transaction,
        finished_at,
        actor,
        "batch.ended",
        batch.id,
        detail,
    )
    .await
}

/// Appends an audit entry about a batch.
pub(super) async fn note(
    transaction: &mut Transaction,
    recorded_at: Micros,
    actor: &str,
    action: &'static str,
    batch: i64,
    detail: serde_json::Value,
) -> Result<(), StorageError> {
    let entry = NewEntry {
        actor,
        action,
        subject: format!("batch/{batch}"),
        detail,
        root: None,
    };
    audit::append(transaction, recorded_at, entry).await?;
    Ok(())
}

/// The batch with a number.
pub async fn find_batch(
    transaction: &mut Transaction,
    id: i64,
) -> Result<Option<Batch>, StorageError> {
    let row = transaction
        .fetch_optional(include_str!("find_batch.sql"), [id.into()])
        .await?;
    row.as_ref().map(into_batch).transpose()
}

/// The latest batch of a source with this very file and mapping that was not withdrawn.
pub async fn find_batch_of_file(
    transaction: &mut Transaction,
    source: i64,
    digest: [u8; 32],
    mapping: &str,
) -> Result<Option<Batch>, StorageError> {
    let cells = [source.into(), digest.into(), mapping.into()];
    let row = transaction
        .fetch_optional(include_str!("find_batch_of_file.sql"), cells)
        .await?;
    row.as_ref().map(into_batch).transpose()
}

/// Which batches are wanted.
#[derive(Debug, Clone, Default)]
pub struct BatchFilter {
    /// Only of this source.
    pub source: Option<i64>,
    /// Only in this state.
    pub state: Option<BatchState>,
}

/// Up to `limit` batches, latest first, those before `before`, and how many there are in all.
pub async fn list_batches(
    transaction: &mut Transaction,
    filter: &BatchFilter,
    before: i64,
    limit: i64,
) -> Result<(Vec<Batch>, Count), StorageError> {
    let source = filter.source;
    let state = filter.state.map(BatchState::name);
    let count = transaction
        .fetch_one(
            include_str!("count_batches.sql"),
            [source.into(), state.into()],
        )
        .await?;
    let cells = [before.into(), source.into(), state.into(), limit.into()];
    let rows = transaction
        .fetch_all(include_str!("list_batches.sql"), cells)
        .await?;
    let batches = rows.iter().map(into_batch).collect::<Result<_, _>>()?;
    Ok((batches, Count::up_to(count.integer(0)?)))
}

fn into_batch(row: &Row) -> Result<Batch, StorageError> {
    let records = match (row.optional_integer(20)?, row.optional_integer(21)?) {
        (Some(first), Some(last)) => Some((first, last)),
        _ => None,
    };
    Ok(Batch {
        id: row.integer(0)?,
        begun: NewBatch {
            source: row.integer(1)?,
            upload: row.optional_integer(2)?,
            file_name: row.text(3)?,
            file_digest: row.array(4)?,
            format: row.text(5)?,
            encoding: row.optional_text(6)?,
            sheet: row.optional_text(7)?,
            mapping: row.text(8)?,
            dry_run: row.boolean(9)?,
            total_rows: row.integer(10)?,
            started_by: row.text(11)?,
        },
        state: BatchState::from_name(&row.text(12)?),
        counts: into_counts(row, 13)?,
        records,
        started_at: row.integer(22)?,
        finished_at: row.optional_integer(23)?,
        withdrawn_at: row.optional_integer(24)?,
        problem: row.optional_text(25)?,
        report: row.optional_text(26)?,
        withdrawal: into_withdrawal(row)?,
        held_until: row.optional_integer(31)?,
    })
}

fn into_counts(row: &Row, first: usize) -> Result<BatchCounts, StorageError> {
    Ok(BatchCounts {
        rows_done: row.integer(first)?,
        accepted: row.integer(first + 1)?,
        quarantined: row.integer(first + 2)?,
        unchanged: row.integer(first + 3)?,
        new_customers: row.integer(first + 4)?,
        joined: row.integer(first + 5)?,
        held_for_review: row.integer(first + 6)?,
    })
}
