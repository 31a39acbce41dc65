//! Reading and preparing a file on a thread of its own, a chunk ahead of the writer.

use tables::{Reader, TableError};
use tokio::sync::mpsc;

use crate::pipeline::prepare::{Prepared, Preparer};

/// Prepared chunks that wait for the writer.
const CHUNKS_AHEAD: usize = 1;

/// Passes over `skip` rows and prepares the others, `rows` at a time.
pub(super) fn prepare_ahead(
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
