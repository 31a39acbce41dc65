//! Walking: every entry of the index, run by run. For whoever looks after the whole of it.

use domain::register::IndexKind;
use storage::{StorageError, Transaction};

use crate::index::Entry;
use crate::index::block::BlockReader;
use crate::index::find::live_runs;

/// Blocks read by one statement.
const PAGE_ROWS: i64 = 128;

/// Tells every entry of a kind, in no order; entries of different runs may say the same. Gives the
/// live runs that hold nothing of this kind.
pub async fn walk(
    transaction: &mut Transaction,
    kind: IndexKind,
    mut tell: impl FnMut(Entry<'_>),
) -> Result<Vec<i64>, StorageError> {
    let mut empty = Vec::new();
    for run in live_runs(transaction).await? {
        let mut last: Vec<u8> = Vec::new();
        loop {
            let cells = [
                i64::from(kind.number()).into(),
                run.into(),
                last.as_slice().into(),
                PAGE_ROWS.into(),
            ];
            let rows = transaction
                .fetch_all(include_str!("page_of_blocks.sql"), cells)
                .await?;
            let Some(end) = rows.last() else { break };
            last = end.bytes(0)?;
            for row in &rows {
                let block = row.bytes(1)?;
                let mut reader = BlockReader::default();
                while let Some(entry) = reader.next(&block) {
                    tell(entry);
                }
            }
        }
        if last.is_empty() {
            empty.push(run);
        }
    }
    let cells = [i64::from(kind.number()).into()];
    for row in transaction
        .fetch_all(include_str!("recent_of_kind.sql"), cells)
        .await?
    {
        let (key, reference) = (row.bytes(0)?, row.integer(1)?);
        tell(Entry {
            key: &key,
            reference,
        });
    }
    Ok(empty)
}
