//! Rows in quarantine, in the order of their rows.

use std::io::Write;

use crate::intake::{QuarantineFilter, list_rows};
use crate::operation::dump::line::{HeldLine, RecordName};
use crate::operation::dump::records::DumpedBatch;
use crate::operation::dump::{Dump, DumpError, PAGE};

impl<W: Write> Dump<'_, W> {
    pub(super) async fn held_of(&mut self, batch: &DumpedBatch) -> Result<(), DumpError> {
        let filter = QuarantineFilter {
            batch: Some(batch.id),
            state: None,
        };
        let source = self.sources.get(&batch.source).cloned().unwrap_or_default();
        let mut after = 0;
        loop {
            let keys = &self.store.keys;
            let (rows, _) = list_rows(&mut self.transaction, keys, filter, after, PAGE).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.row_number;
            for row in &rows {
                self.write(&HeldLine {
                    quarantined: RecordName {
                        source: source.clone(),
                        file: Some(batch.file.clone()),
                        row: Some(row.row_number),
                        version: 1,
                    },
                    column: row.column.as_deref(),
                    code: &row.code,
                    state: row.state.name(),
                    cells: &row.cells,
                })?;
            }
        }
    }
}
