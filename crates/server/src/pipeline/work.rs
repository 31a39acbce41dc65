//! The rows of a file, dealt with chunk by chunk: checked in a dry run, written otherwise.

use std::sync::Arc;

use domain::intake::{ResolvedMapping, Target};
use domain::register::FieldId;
use vault::DataKey;

use crate::index::{merge_runs, warm};
use crate::intake::{Batch, BatchCounts, HeldRow, IntakeError, progress_batch, quarantine_rows};
use crate::pipeline::ahead::prepare_ahead;
use crate::pipeline::chunk::{Audited, ChunkContext, IndexTarget, Written, write_chunk};
use crate::pipeline::import::{ImportOptions, Prologue};
use crate::pipeline::prepare::{Prepared, Preparer, RefusedRow};
use crate::pipeline::report::{ImportReport, PROBLEMS_SHOWN, RowProblemReport};
use crate::pipeline::resolve::RowReader;
use crate::protection::KeyScope;
use crate::register::{Source, trust_of, unknown_columns};
use crate::store::Store;

/// The work of one import.
pub(super) struct Work<'a> {
    pub store: &'a Store,
    pub options: &'a ImportOptions,
    pub prologue: &'a Prologue,
}

impl Work<'_> {
    /// Says what would become of every row and writes none; the batch of a dry run, if there is
    /// one, is told how far it is.
    pub async fn check(
        &self,
        mut batch: Option<&mut Batch>,
        report: &mut ImportReport,
    ) -> Result<(), IntakeError> {
        let preparing = self.preparer(None).await?;
        let reader = self.options.origin.open(&self.prologue.read_options)?;
        let rows = self.options.pace.rows_to_check();
        let mut chunks = prepare_ahead(reader, preparing, 0, rows);
        while let Some(prepared) = chunks.recv().await {
            let prepared = prepared?;
            report.accepted += prepared.accepted();
            report.quarantined += prepared.refused.len() as u64;
            add_problems(report, &prepared);
            if let Some(batch) = batch.as_deref_mut() {
                let done = counts_of(&Written::default(), &prepared);
                let (mut transaction, _) = self.store.write().await?;
                batch.counts = progress_batch(&mut transaction, batch, done, None).await?;
                transaction.commit().await?;
            }
        }
        Ok(())
    }

    /// Writes the rows that are not written yet.
    pub async fn write(
        &self,
        source: &Source,
        batch: &mut Batch,
        report: &mut ImportReport,
        progress: &mut impl FnMut(&Batch),
    ) -> Result<(), IntakeError> {
        let Self { store, options, .. } = self;
        let preparing = self.preparer(Some(source)).await?;
        let key = store.keys.load_one(KeyScope::Batch, batch.id).await?;
        let mut transaction = store.database.read().await?;
        let trust = trust_of(&mut transaction).await?;
        drop(transaction);
        let context = ChunkContext {
            source,
            batch: Some(batch.id),
            actor: &options.actor,
            entered_by: None,
            trust: &trust,
            target: IndexTarget::Run,
            audited: Audited::Together,
        };
        let reader = options.origin.open(&self.prologue.read_options)?;
        let skip = u64::try_from(batch.counts.rows_done).unwrap_or_default();
        let mut chunks = prepare_ahead(reader, preparing, skip, options.pace.rows());
        while let Some(prepared) = chunks.recv().await {
            let prepared = prepared?;
            add_problems(report, &prepared);
            // Before it holds up anybody.
            warm(store).await?;
            write_prepared(store, &context, &key, batch, prepared).await?;
            progress(batch);
            merge_runs(store, options.pace.steps()).await?;
        }
        Ok(())
    }

    async fn preparer(&self, source: Option<&Source>) -> Result<Preparer, IntakeError> {
        let store = self.store;
        let header = self.prologue.facts.header.clone();
        let unknown = unknown_of(&header, &self.prologue.mapping);
        let unknown = match source {
            Some(source) => {
                let (mut transaction, _) = store.write().await?;
                let fields = unknown_columns(&mut transaction, source.id, &unknown).await?;
                transaction.commit().await?;
                fields
            }
            // A dry run writes nothing, so it counts columns in the place of registering them.
            None => (FieldId::FIRST_COLUMN..)
                .map(FieldId)
                .zip(unknown)
                .map(|(field, column)| (column, field))
                .collect(),
        };
        Ok(Preparer {
            catalogue: Arc::clone(&store.catalogue),
            blind: store.keys.blind().clone(),
            mapping: self.prologue.mapping.clone(),
            header,
            unknown,
            source: source.map_or(0, |source| source.id),
            row_reader: source.map(|_| RowReader::of(store)),
        })
    }
}

/// The columns that nobody recognised; the key column is kept as the key.
pub(super) fn unknown_of(header: &[String], mapping: &ResolvedMapping) -> Vec<String> {
    let columns = header.iter().zip(&mapping.targets).enumerate();
    columns
        .filter(|(place, (_, target))| **target == Target::Unknown && mapping.key != Some(*place))
        .map(|(_, (column, _))| column.clone())
        .collect()
}

fn add_problems(report: &mut ImportReport, prepared: &Prepared) {
    let room = PROBLEMS_SHOWN.saturating_sub(report.problems.len());
    let shown = prepared.refused.iter().take(room);
    report.problems.extend(shown.map(RowProblemReport::from));
}

/// A chunk, what of it is held, and how far the batch is: one transaction.
async fn write_prepared(
    store: &Store,
    context: &ChunkContext<'_>,
    key: &DataKey,
    batch: &mut Batch,
    mut prepared: Prepared,
) -> Result<(), IntakeError> {
    let arriving = std::mem::take(&mut prepared.arriving);
    let (mut transaction, recorded_at) = store.write().await?;
    let written = write_chunk(&mut transaction, store, recorded_at, context, arriving).await?;
    let done = counts_of(&written, &prepared);
    let held = prepared.refused.into_iter().map(HeldRow::from).collect();
    quarantine_rows(&mut transaction, key, batch.id, held).await?;
    let counts = progress_batch(&mut transaction, batch, done, written.records).await?;
    transaction.commit().await?;
    batch.counts = counts;
    Ok(())
}

impl From<RefusedRow> for HeldRow {
    fn from(row: RefusedRow) -> Self {
        Self {
            row_number: row.row_number,
            column: row.column,
            code: row.code,
            reason: row.reason,
            cells: row.cells,
        }
    }
}

/// What one chunk adds to a batch.
fn counts_of(written: &Written, prepared: &Prepared) -> BatchCounts {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    BatchCounts {
        rows_done: count(prepared.rows),
        accepted: count(prepared.accepted()),
        quarantined: count(prepared.refused.len() as u64),
        unchanged: count(written.unchanged),
        new_customers: count(written.new_customers),
        joined: count(written.joined),
        held_for_review: count(written.held),
    }
}
