//! Resubmission (更正后重新提交, R2.4): a row of quarantine, corrected, becomes a record of its batch.
//!
//! The record, the state of the row and the counts of the batch are one transaction, so a crash
//! leaves a row that is open still or a row that is a record, and doing it again is safe.

use std::collections::HashMap;
use std::sync::Arc;

use domain::Text;
use domain::register::CustomerNumber;
use storage::Transaction;
use tables::{Chunk, Column};

use crate::clock::Micros;
use crate::intake::{
    Batch, BatchCounts, BatchState, HeldRow, IntakeError, QuarantineState, QuarantinedRow,
    find_batch, find_row, read_mapping, refuse_again, row_became_record,
};
use crate::pipeline::chunk::{Audited, ChunkContext, IndexTarget, RowOutcome, write_chunk};
use crate::pipeline::prepare::{Prepared, Preparer, RefusedRow};
use crate::pipeline::work::unknown_of;
use crate::protection::KeyScope;
use crate::register::{
    CustomerId, Source, list_sources, memberships_of, open_records, unknown_columns,
};
use crate::store::Store;

/// Problems of lines that were never cut into cells: the whole line stands in the first cell.
const UNCUT: [&str; 4] = ["bad_json", "unknown_key", "duplicate_key", "too_deep"];

/// What became of a corrected row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resubmitted {
    /// It is a record now.
    Accepted {
        /// The record; none where it said what stood already.
        record: Option<i64>,
        /// Its customer.
        customer: Option<CustomerNumber>,
    },
    /// It still cannot become one.
    Quarantined {
        /// A code that never changes.
        code: String,
        /// What a person reads.
        reason: Text,
    },
}

/// Resubmits a row with corrected cells; a column that is not named keeps what it says.
pub async fn resubmit_row(
    store: &Store,
    actor: &str,
    id: i64,
    corrected: &[(String, String)],
) -> Result<Resubmitted, IntakeError> {
    let store = &store.gathering();
    let (mut transaction, recorded_at) = store.write_together().await?;
    let mut row = find_row(&mut transaction, &store.keys, id).await?;
    match row.state {
        QuarantineState::Open => {}
        QuarantineState::Resubmitted => return standing(&mut transaction, store, &row).await,
        QuarantineState::Discarded => {
            return Err(IntakeError::state("此记录已作废", "the row was discarded"));
        }
    }
    let is_uncut = correct(&mut row, corrected)?;
    if is_uncut {
        let (code, reason) = (row.code, row.reason);
        return Ok(Resubmitted::Quarantined { code, reason });
    }
    let (batch, source) = batch_of(&mut transaction, &row).await?;
    let prepared = prepare(&mut transaction, store, &batch, &source, &row).await?;
    let answer = if prepared.arriving.incoming.is_empty() {
        refuse(&mut transaction, store, &row, prepared).await?
    } else {
        let context = (recorded_at, actor, &source);
        accept(&mut transaction, store, context, row, prepared).await?
    };
    transaction.commit().await?;
    Ok(answer)
}

/// Puts corrected cells in their places. Gives whether the row is a line that was never cut into
/// cells and whose first cell still holds all of it.
fn correct(row: &mut QuarantinedRow, corrected: &[(String, String)]) -> Result<bool, IntakeError> {
    let line = row.cells.first().map(|(_, line)| line.clone());
    for (column, value) in corrected {
        let cell = row.cells.iter_mut().find(|(name, _)| name == column);
        match cell {
            Some((_, cell)) => cell.clone_from(value),
            // A workbook has the columns of all rows; what this one lacks says nothing.
            None if value.trim().is_empty() => {}
            None => return Err(IntakeError::UnknownColumn(column.clone())),
        }
    }
    let now = row.cells.first().map(|(_, line)| line);
    Ok(UNCUT.contains(&row.code.as_str()) && now == line.as_ref())
}

async fn batch_of(
    transaction: &mut Transaction,
    row: &QuarantinedRow,
) -> Result<(Batch, Source), IntakeError> {
    let found = find_batch(transaction, row.batch).await?;
    let batch = found.ok_or(IntakeError::UnknownBatch(row.batch))?;
    if matches!(batch.state, BatchState::Withdrawing | BatchState::Withdrawn) {
        return Err(IntakeError::state("批次已撤回", "the batch was withdrawn"));
    }
    let sources = list_sources(transaction).await?;
    let source = sources
        .into_iter()
        .find(|source| source.id == batch.begun.source)
        .ok_or_else(|| {
            IntakeError::state("批次的来源已不存在", "the source of the batch is gone")
        })?;
    Ok((batch, source))
}

/// Prepares the row as a file of one row: the same gate, the same mapping.
async fn prepare(
    transaction: &mut Transaction,
    store: &Store,
    batch: &Batch,
    source: &Source,
    row: &QuarantinedRow,
) -> Result<Prepared, IntakeError> {
    let header: Vec<String> = row.cells.iter().map(|(column, _)| column.clone()).collect();
    let mapping = read_mapping(&batch.begun.mapping)?.resolve(&store.catalogue, &header)?;
    let unknown = unknown_of(&header, &mapping);
    let preparer = Preparer {
        catalogue: Arc::clone(&store.catalogue),
        blind: store.keys.blind().clone(),
        mapping,
        unknown: unknown_columns(transaction, source.id, &unknown).await?,
        header,
        source: source.id,
        row_reader: None,
    };
    let number = u64::try_from(row.row_number).unwrap_or_default();
    let cells = row.cells.iter();
    let chunk = Chunk {
        row_numbers: vec![number],
        columns: cells
            .map(|(_, value)| Column::from_iter([Some(value.as_str())]))
            .collect(),
        ..Chunk::default()
    };
    Ok(preparer.prepare(&chunk))
}

async fn refuse(
    transaction: &mut Transaction,
    store: &Store,
    row: &QuarantinedRow,
    prepared: Prepared,
) -> Result<Resubmitted, IntakeError> {
    let refused: Option<RefusedRow> = prepared.refused.into_iter().next();
    let Some(refused) = refused else {
        return Err(IntakeError::state("此行没有内容", "the row says nothing"));
    };
    let (code, reason) = (refused.code.to_owned(), refused.reason.clone());
    let key = store.keys.load_one(KeyScope::Batch, row.batch).await?;
    refuse_again(transaction, &key, row, HeldRow::from(refused)).await?;
    Ok(Resubmitted::Quarantined { code, reason })
}

async fn accept(
    transaction: &mut Transaction,
    store: &Store,
    (recorded_at, actor, source): (Micros, &str, &Source),
    mut row: QuarantinedRow,
    prepared: Prepared,
) -> Result<Resubmitted, IntakeError> {
    let trust: HashMap<i64, u8> = crate::register::trust_of(transaction).await?;
    let context = ChunkContext {
        source,
        batch: Some(row.batch),
        actor,
        entered_by: Some(actor.to_owned()),
        trust: &trust,
        target: IndexTarget::Recent,
        audited: Audited::Together,
    };
    let arriving = prepared.arriving;
    let written = write_chunk(transaction, store, recorded_at, &context, arriving).await?;
    let outcome: Option<&RowOutcome> = written.outcomes.first();
    row.state = QuarantineState::Resubmitted;
    row.record = outcome.and_then(|outcome| outcome.record);
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let done = BatchCounts {
        unchanged: count(written.unchanged),
        new_customers: count(written.new_customers),
        joined: count(written.joined),
        held_for_review: count(written.held),
        ..BatchCounts::default()
    };
    row_became_record(transaction, recorded_at, actor, &row, done).await?;
    Ok(accepted(
        row.record,
        outcome.and_then(|outcome| outcome.customer),
    ))
}

/// The answer for a row that became a record before: somebody asks again.
async fn standing(
    transaction: &mut Transaction,
    store: &Store,
    row: &QuarantinedRow,
) -> Result<Resubmitted, IntakeError> {
    let Some(id) = row.record else {
        return Ok(accepted(None, None));
    };
    let records = open_records(transaction, &store.keys, &[id]).await?;
    let series: Vec<i64> = records.iter().map(|record| record.head.series).collect();
    let members = memberships_of(transaction, &series).await?;
    let customer = members.values().next().map(|member| member.customer);
    Ok(accepted(row.record, customer))
}

fn accepted(record: Option<i64>, customer: Option<CustomerId>) -> Resubmitted {
    let customer = customer.map(CustomerNumber::from_sequence);
    Resubmitted::Accepted { record, customer }
}
