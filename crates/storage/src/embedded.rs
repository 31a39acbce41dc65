//! Connections to the embedded store that are lent to one transaction at a time.
//!
//! A driver with a thread for each connection wakes two threads for each word: one for the question,
//! one for the rows. Reading or writing a few rows takes less than that, so whoever holds a
//! connection uses the store's own library where he stands, or, where much may be read or written,
//! on a thread that may wait, once for all statements that belong together.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::log::{self, LONG_LOG, LONGEST_LOG, Mover};
use crate::row::Inner;
use crate::{Cell, Durability, Row, StorageError};

/// Statements that a connection keeps prepared.
const STATEMENTS: usize = 256;
/// Cells of a question for which nobody leaves his thread.
const SHORT: usize = 128;
/// Cells of statements of whoever writes a little: some milliseconds. All others wait for him, and waking a thread in
/// the middle of that may take longer than the statement where every processor is busy.
const SHORT_WRITING: usize = 4_096;

/// Others who write notice it where somebody holds the connection that writes for longer.
const LONG_HOLD: Duration = Duration::from_millis(8);

/// A statement and the cells of its placeholders.
pub(crate) type Statement = (String, Vec<Cell>);

/// What connections are for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Reading,
    /// There is one such connection.
    Writing(Durability),
}

/// Connections that may be lent at the same time, and how to open them. Who waits for one is served
/// in the order of arrival.
#[derive(Debug, Clone)]
pub(crate) struct Connections {
    shared: Arc<Shared>,
    count: u32,
}

#[derive(Debug)]
pub(crate) struct Shared {
    path: PathBuf,
    purpose: Purpose,
    patience: Duration,
    /// As many as there may be connections.
    pub(crate) places: Arc<Semaphore>,
    /// The one that came back last goes first: its memory is warm.
    idle: Mutex<Vec<Connection>>,
    pub(crate) mover: Mover,
}

impl Shared {
    fn take(&self) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.pop()
    }

    fn keep(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(connection);
    }

    pub(crate) fn open(&self) -> Result<Connection, StorageError> {
        // Each connection is used by one thread at a time.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(self.patience)?;
        connection.execute_batch("pragma temp_store = memory; pragma foreign_keys = off")?;
        connection.execute_batch(match self.purpose {
            Purpose::Reading => "pragma cache_size = -16384; pragma query_only = on",
            Purpose::Writing(Durability::Process) => {
                "pragma cache_size = -196608; pragma synchronous = off"
            }
            Purpose::Writing(Durability::Power) => {
                "pragma cache_size = -196608; pragma synchronous = full"
            }
        })?;
        if matches!(self.purpose, Purpose::Writing(_)) {
            connection.wal_hook(Some(log::note));
        }
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    }
}

impl Connections {
    /// Connections to a file that is there.
    pub(crate) fn new(path: PathBuf, purpose: Purpose, count: u32, patience: Duration) -> Self {
        let shared = Shared {
            path,
            purpose,
            patience,
            places: Arc::new(Semaphore::new(count as usize)),
            idle: Mutex::default(),
            mover: Mover::default(),
        };
        Self {
            shared: Arc::new(shared),
            count,
        }
    }

    /// A connection of one's own until it is dropped. `aside` says whether much may be read or written.
    pub(crate) async fn lend(&self, aside: bool) -> Result<Lent, StorageError> {
        let place = Arc::clone(&self.shared.places).acquire_owned();
        let place = tokio::time::timeout(self.shared.patience, place)
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        let connection = match self.shared.take() {
            Some(connection) => connection,
            None => self.shared.open()?,
        };
        Ok(Lent {
            held: Some(Held { connection, place }),
            begun: false,
            aside,
            since: Instant::now(),
            shared: Arc::clone(&self.shared),
        })
    }

    /// Waits for everybody who has one, and closes all.
    pub(crate) async fn close(&self) {
        let all = self.shared.places.acquire_many(self.count).await;
        self.shared.places.close();
        drop(all);
        while let Some(connection) = self.shared.take() {
            drop(connection);
        }
        self.shared.mover.close().await;
    }
}

#[derive(Debug)]
struct Held {
    connection: Connection,
    place: OwnedSemaphorePermit,
}

/// A lent connection. What it is asked first begins its transaction.
#[derive(Debug)]
pub(crate) struct Lent {
    /// None while it is used aside; whoever stops waiting for the answer loses the connection.
    held: Option<Held>,
    begun: bool,
    aside: bool,
    since: Instant,
    shared: Arc<Shared>,
}

impl Lent {
    /// Begins the transaction now, because it may have to wait for another process.
    pub(crate) async fn begin(&mut self) -> Result<(), StorageError> {
        self.begun = true;
        let begin = |connection: &Connection| run(connection, "begin immediate", &[]);
        self.with(true, begin).await.map(drop)
    }

    /// The rows of each statement.
    pub(crate) async fn ask(
        &mut self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StorageError> {
        let cells: usize = statements.iter().map(|(_, cells)| cells.len()).sum();
        let begins = !std::mem::replace(&mut self.begun, true);
        self.with(cells > self.short(), move |connection| {
            if begins {
                run(connection, "begin deferred", &[])?;
            }
            let rows = |(sql, cells): &Statement| rows(connection, sql, cells);
            statements.iter().map(rows).collect()
        })
        .await
    }

    /// The rows of one statement that needs no transaction around it.
    pub(crate) async fn ask_alone(
        &mut self,
        (sql, cells): Statement,
    ) -> Result<Vec<Row>, StorageError> {
        let question = move |connection: &Connection| rows(connection, &sql, &cells);
        self.with(false, question).await
    }

    /// Runs a statement; how many rows it changed.
    pub(crate) async fn run(&mut self, (sql, cells): Statement) -> Result<u64, StorageError> {
        let statement = move |connection: &Connection| run(connection, &sql, &cells);
        self.with(false, statement).await
    }

    /// Runs a statement for each row of so many cells.
    pub(crate) async fn run_each(
        &mut self,
        (sql, cells): Statement,
        width: usize,
    ) -> Result<(), StorageError> {
        self.with(cells.len() > self.short(), move |connection| {
            let mut statement = prepared(connection, &sql)?;
            for row in cells.chunks_exact(width) {
                bind(&mut statement, row)?;
                statement.raw_execute()?;
            }
            Ok(())
        })
        .await
    }

    /// Makes the changes last.
    pub(crate) async fn commit(mut self) -> Result<(), StorageError> {
        let waits_for_disk = match self.shared.purpose {
            Purpose::Reading => return Ok(()),
            Purpose::Writing(durability) => durability == Durability::Power,
        };
        let commit = |connection: &Connection| {
            log::forget();
            run(connection, "commit", &[])?;
            Ok(log::pages())
        };
        let pages = self.with(waits_for_disk, commit).await?;
        let (shared, is_bulk) = (Arc::clone(&self.shared), self.aside);
        // Nobody else waits while the log is moved.
        drop(self);
        if is_bulk && pages >= LONGEST_LOG {
            log::shorten(shared).await;
        } else if !is_bulk && pages >= LONG_LOG && !shared.mover.is_at_it() {
            tokio::spawn(log::shorten(shared));
        }
        Ok(())
    }

    /// Cells for which this connection is used where its holder stands.
    fn short(&self) -> usize {
        match self.shared.purpose {
            Purpose::Reading => SHORT,
            Purpose::Writing(_) => SHORT_WRITING,
        }
    }

    async fn with<T: Send + 'static>(
        &mut self,
        aside: bool,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StorageError> {
        let held = self.held.take().ok_or(sqlx::Error::PoolClosed)?;
        let work = move || {
            let answer = work(&held.connection);
            (held, answer)
        };
        let (held, answer) = if self.aside || aside {
            let work = tokio::task::spawn_blocking(work);
            work.await.map_err(|_| sqlx::Error::WorkerCrashed)?
        } else {
            work()
        };
        self.held = Some(held);
        Ok(answer?)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(Held { connection, place }) = self.held.take() else {
            return;
        };
        let held = self.since.elapsed();
        if held > LONG_HOLD && matches!(self.shared.purpose, Purpose::Writing(_)) {
            tracing::debug!(?held, aside = self.aside, "the writer was held for long");
        }
        // A connection that cannot end its transaction is not lent again.
        let is_over = connection.is_autocommit() || run(&connection, "rollback", &[]).is_ok();
        if is_over {
            self.shared.keep(connection);
        }
        drop(place);
    }
}

/// A statement with numbered placeholders: to this library `$2` is a name, whose place is that of its first
/// appearance; `?2` is a place.
fn prepared<'a>(connection: &'a Connection, sql: &str) -> rusqlite::Result<CachedStatement<'a>> {
    connection.prepare_cached(&sql.replace('$', "?"))
}

fn bind(statement: &mut CachedStatement<'_>, cells: &[Cell]) -> rusqlite::Result<()> {
    for (place, cell) in (1..).zip(cells) {
        match cell {
            Cell::Integer(value) => statement.raw_bind_parameter(place, value)?,
            Cell::Text(value) => statement.raw_bind_parameter(place, value)?,
            Cell::Bytes(value) => statement.raw_bind_parameter(place, value)?,
            Cell::Boolean(value) => statement.raw_bind_parameter(place, value)?,
        }
    }
    Ok(())
}

fn run(connection: &Connection, sql: &str, cells: &[Cell]) -> rusqlite::Result<u64> {
    let mut statement = prepared(connection, sql)?;
    bind(&mut statement, cells)?;
    Ok(statement.raw_execute()? as u64)
}

/// The rows of a statement. One with cells for several times is run so many times.
fn rows(connection: &Connection, sql: &str, cells: &[Cell]) -> rusqlite::Result<Vec<Row>> {
    let mut statement = prepared(connection, sql)?;
    let mut rows = Vec::new();
    let width = statement.parameter_count();
    if cells.len() <= width {
        run_once(&mut statement, cells, &mut rows)?;
        return Ok(rows);
    }
    for cells in cells.chunks(width.max(1)) {
        run_once(&mut statement, cells, &mut rows)?;
    }
    Ok(rows)
}

fn run_once(
    statement: &mut CachedStatement<'_>,
    cells: &[Cell],
    rows: &mut Vec<Row>,
) -> rusqlite::Result<()> {
    bind(statement, cells)?;
    let width = statement.column_count();
    let mut answer = statement.raw_query();
    while let Some(row) = answer.next()? {
        let values = (0..width).map(|column| row.get(column));
        let values = values.collect::<rusqlite::Result<Vec<Value>>>()?;
        rows.push(Row(Inner::Embedded(values)));
    }
    Ok(())
}
