//! Batches as somebody may see them: with the code of their source, counts, notes and problems.

use std::collections::HashMap;

use storage::Transaction;

use crate::clock;
use crate::http::{Count, Page};
use crate::intake::wire::{ReportPart, RowProblem};
use crate::intake::{
    Batch, BatchFilter, BatchRow, BatchState, IntakeError, QuarantineFilter, QuarantinedRow,
    find_batch, list_batches, list_rows,
};
use crate::protection::Disclosure;
use crate::register::{find_source, list_sources, tallies};
use crate::store::Store;

/// Problems that are shown with a batch; quarantine has them all.
const PROBLEMS_SHOWN: i64 = 100;

/// A batch with its first problems.
pub async fn show_batch(store: &Store, id: i64) -> Result<BatchRow, IntakeError> {
    let mut transaction = store.database.read().await?;
    let found = find_batch(&mut transaction, id).await?;
    let batch = found.ok_or(IntakeError::UnknownBatch(id))?;
    let is_dry_run = batch.begun.dry_run;
    let mut report = report_of(&batch);
    let problems = std::mem::take(&mut report.problems);
    let codes = source_codes(&mut transaction).await?;
    let customers = customers(&mut transaction).await?;
    let mut row = into_row(batch, report, &codes, customers);
    // A dry run holds nobody in quarantine; its report has the problems.
    row.problems_first = if is_dry_run {
        problems
    } else {
        first_problems(&mut transaction, store, id).await?
    };
    Ok(row)
}

/// A page of batches, latest first.
pub async fn show_batches(
    store: &Store,
    source: Option<&str>,
    state: Option<BatchState>,
    before: Option<i64>,
    limit: i64,
) -> Result<Page<BatchRow>, IntakeError> {
    let mut transaction = store.database.read().await?;
    let source = match source {
        Some(code) => Some(find_source(&mut transaction, code).await?.id),
        None => None,
    };
    let filter = BatchFilter { source, state };
    let before = before.unwrap_or(i64::MAX);
    let (batches, count): (Vec<Batch>, Count) =
        list_batches(&mut transaction, &filter, before, limit + 1).await?;
    let codes = source_codes(&mut transaction).await?;
    let customers = customers(&mut transaction).await?;
    let page = Page::of(batches, limit, count, |last| last.id);
    Ok(page.map(|batch| {
        let report = report_of(&batch);
        into_row(batch, report, &codes, customers)
    }))
}

fn report_of(batch: &Batch) -> ReportPart {
    let report = batch.report.as_deref();
    // An older release may have written other reports; their figures stand in the batch itself.
    report
        .and_then(|report| serde_json::from_str(report).ok())
        .unwrap_or_default()
}

fn into_row(
    batch: Batch,
    report: ReportPart,
    codes: &HashMap<i64, String>,
    customers: i64,
) -> BatchRow {
    let source = codes.get(&batch.begun.source).cloned();
    BatchRow::of(
        batch,
        source.unwrap_or_default(),
        customers,
        clock::now(),
        report,
    )
}

async fn first_problems(
    transaction: &mut Transaction,
    store: &Store,
    batch: i64,
) -> Result<Vec<RowProblem>, IntakeError> {
    let filter = QuarantineFilter {
        batch: Some(batch),
        state: None,
    };
    let (rows, _) = list_rows(transaction, &store.keys, filter, 0, PROBLEMS_SHOWN).await?;
    let disclosure = Disclosure::new(store.catalogue_in_force());
    Ok(rows
        .into_iter()
        .map(|row| into_problem(&disclosure, row))
        .collect())
}

fn into_problem(disclosure: &Disclosure, row: QuarantinedRow) -> RowProblem {
    let blamed = row.column.as_ref();
    let value = row.cells.iter().find(|(column, _)| Some(column) == blamed);
    RowProblem {
        row: row.row_number,
        value: value.map(|(_, text)| disclosure.show_undeclared(text)),
        column: row.column,
        code: row.code,
        reason: row.reason.into(),
    }
}

/// The codes of all sources by their numbers.
pub(super) async fn source_codes(
    transaction: &mut Transaction,
) -> Result<HashMap<i64, String>, IntakeError> {
    let sources = list_sources(transaction).await?;
    let codes = sources.into_iter();
    Ok(codes.map(|source| (source.id, source.said.code)).collect())
}

async fn customers(transaction: &mut Transaction) -> Result<i64, IntakeError> {
    let tallies = tallies(transaction).await?;
    Ok(tallies.get("customers").copied().unwrap_or_default())
}
