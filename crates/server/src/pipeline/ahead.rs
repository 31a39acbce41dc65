//! Reading ahead: while a chunk is written, the next one is read and prepared on another core.

use tables::{Reader, TableError};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use crate::pipeline::prepare::{Prepared, Preparer};

/// Reads and prepares on a thread of its own. The next chunk is begun when the writer has taken the
/// last one, so that two chunks at most are in memory.
pub(super) fn prepare_ahead(
    mut reader: Reader,
    preparer: Preparer,
    skip: u64,
    rows: usize,
) -> mpsc::Receiver<Result<Prepared, TableError>> {
    let (sender, receiver) = mpsc::channel(1);
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut skipped = reader.skip_rows(skip);
        // Without a place nobody listens any more: the import ended with another error.
        while let Ok(place) = runtime.block_on(sender.reserve()) {
            let chunk =
                std::mem::replace(&mut skipped, Ok(())).and_then(|()| reader.next_chunk(rows));
            match chunk {
                Ok(None) => return,
                Ok(Some(chunk)) => place.send(Ok(preparer.prepare(&chunk))),
                Err(error) => {
                    place.send(Err(error));
                    return;
                }
            }
        }
    });
    receiver
}
