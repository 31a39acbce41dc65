//! Batches (采集批次, R2.10): one file at one time, with its counts and its outcome.

use storage::{Row, StorageError, Transaction};

use crate::clock::Micros;
use crate::store::allocate;

/// Where a batch stands. The store keeps the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchState {
    /// Rows are being written, or would be if nobody had stopped.
    Running,
    /// It stopped and can be resumed.
    Interrupted,
    /// Every row is a record or in quarantine.
    Finished,
    /// It could not go on.
    Failed,
    /// Its records were retired.
    Withdrawn,
}

impl BatchState {
    /// The word in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Interrupted => "interrupted",
            Self::Finished => "finished",
            Self::Failed => "failed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with a word of the store.
    pub fn from_name(name: &str) -> Self {
        match name {
            "running" => Self::Running,
            "interrupted" => Self::Interrupted,
            "finished" => Self::Finished,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Failed,
        }
    }
}

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
    /// Rows of the file.
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
    })
}

/// Notes what a batch has done, in the transaction that did it.
pub async fn progress_batch(
    transaction: &mut Transaction,
    id: i64,
    counts: BatchCounts,
    records: Option<(i64, i64)>,
) -> Result<(), StorageError> {
    let cells = [
        id.into(),
        counts.rows_done.into(),
        counts.accepted.into(),
        counts.quarantined.into(),
        counts.unchanged.into(),
        counts.new_customers.into(),
        counts.joined.into(),
        counts.held_for_review.into(),
        records.map(|(first, _)| first).into(),
        records.map(|(_, last)| last).into(),
        BatchState::Running.name().into(),
    ];
    transaction
        .execute(include_str!("progress_batch.sql"), cells)
        .await?;
    Ok(())
}

/// Ends a batch.
pub async fn finish_batch(
    transaction: &mut Transaction,
    id: i64,
    finished_at: Micros,
    state: BatchState,
    problem: Option<&str>,
    report: Option<String>,
) -> Result<(), StorageError> {
    let cells = [
        id.into(),
        finished_at.into(),
        state.name().into(),
        problem.into(),
        report.into(),
    ];
    transaction
        .execute(include_str!("finish_batch.sql"), cells)
        .await?;
    Ok(())
}

/// Marks batches that a crash left running; only whoever holds the store alone may say so.
pub async fn mark_interrupted(transaction: &mut Transaction) -> Result<u64, StorageError> {
    transaction
        .execute(include_str!("interrupt_batches.sql"), [])
        .await
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

/// Batches, latest first, those before `before`.
pub async fn list_batches(
    transaction: &mut Transaction,
    before: i64,
    limit: i64,
) -> Result<Vec<Batch>, StorageError> {
    let cells = [before.into(), limit.into()];
    let rows = transaction
        .fetch_all(include_str!("list_batches.sql"), cells)
        .await?;
    rows.iter().map(into_batch).collect()
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
        counts: BatchCounts {
            rows_done: row.integer(13)?,
            accepted: row.integer(14)?,
            quarantined: row.integer(15)?,
            unchanged: row.integer(16)?,
            new_customers: row.integer(17)?,
            joined: row.integer(18)?,
            held_for_review: row.integer(19)?,
        },
        records,
        started_at: row.integer(22)?,
        finished_at: row.optional_integer(23)?,
        withdrawn_at: row.optional_integer(24)?,
        problem: row.optional_text(25)?,
        report: row.optional_text(26)?,
    })
}
