//! The log of the embedded store, and moving it into the file.
//!
//! The library lets whoever commits move a long log, and everybody else waits for him. Here it is moved beside
//! those who write; bulk writes wait for it when it has grown too long, but not while they hold the one connection
//! that writes. A log begins anew only if all of it was moved and nobody wrote meanwhile, which never happens by
//! itself where people write all the time; so the little that is left at the end is moved while they wait.

use std::cell::Cell as Slot;
use std::ffi::c_int;
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::hooks::Wal;
use tokio::sync::Mutex;

use crate::StorageError;
use crate::embedded::Shared;

/// Pages in the log from which on they are moved into the file, beside whoever writes on. A page that is written
/// often is moved once.
pub(crate) const LONG_LOG: c_int = 4_000;
/// Pages in the log for which bulk writes wait.
pub(crate) const LONGEST_LOG: c_int = 16_000;
/// Pages for which people may wait: about a millisecond.
const FEW_PAGES: i64 = 256;
/// How often the log is looked at again because people went on writing.
const ROUNDS: usize = 6;

thread_local! {
    /// Pages in the log after the commit that this thread made last.
    static LOG: Slot<c_int> = const { Slot::new(0) };
}

/// Notes how long the log is.
#[expect(clippy::unnecessary_wraps, reason = "the library wants an answer")]
pub(crate) fn note(_: &Wal, pages: c_int) -> rusqlite::Result<()> {
    LOG.set(pages);
    Ok(())
}

/// Forgets what was noted on this thread.
pub(crate) fn forget() {
    LOG.set(0);
}

/// What was noted on this thread since.
pub(crate) fn pages() -> c_int {
    LOG.get()
}

/// The connection that moves the log; whoever holds it is at it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mover(Arc<Mutex<Option<Connection>>>);

impl Mover {
    /// Whether somebody moves the log at this moment.
    pub(crate) fn is_at_it(&self) -> bool {
        self.0.try_lock().is_err()
    }

    /// Waits for whoever is at it.
    pub(crate) async fn close(&self) {
        drop(self.0.lock().await.take());
    }
}

/// How long the log was, and how much of it lies in the file now.
#[derive(Debug, Clone, Copy)]
struct Moved {
    pages: i64,
    moved: i64,
}

/// Moves the log into the file as far as nobody reads it. Whoever reads finds everything in the log where this fails.
pub(crate) async fn shorten(shared: Arc<Shared>) {
    let mover = shared.mover.clone();
    let mut mover = mover.0.lock().await;
    let mut before = None;
    for _ in 0..ROUNDS {
        let Some(now) = pass(&shared, &mut mover).await else {
            return;
        };
        // Somebody reads what stood before, or the log began anew.
        if now.moved < now.pages || before.is_some_and(|before| now.pages <= before) {
            return;
        }
        let is_little = before.is_some_and(|before| now.pages - before <= FEW_PAGES);
        if is_little {
            let Ok(_nobody_writes) = shared.places.acquire().await else {
                return;
            };
            pass(&shared, &mut mover).await;
            return;
        }
        before = Some(now.pages);
    }
}

/// Moves what can be moved at this moment.
async fn pass(shared: &Arc<Shared>, mover: &mut Option<Connection>) -> Option<Moved> {
    let (known, opener) = (mover.take(), Arc::clone(shared));
    let work = tokio::task::spawn_blocking(move || {
        let connection = match known {
            Some(connection) => connection,
            None => opener.open()?,
        };
        let outcome = connection.query_row("pragma wal_checkpoint(passive)", [], |row| {
            Ok(Moved {
                pages: row.get(1)?,
                moved: row.get(2)?,
            })
        })?;
        Ok::<_, StorageError>((connection, outcome))
    });
    match work.await {
        Ok(Ok((connection, outcome))) => {
            *mover = Some(connection);
            Some(outcome)
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, "the log was not moved into the file");
            None
        }
        Err(_) => None,
    }
}
