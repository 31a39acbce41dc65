//! The readers of the embedded store: connections that are lent to one transaction at a time.
//!
//! The driver that writes is a thread for each connection, and each word with it wakes two threads:
//! one for the question, one for every row. Reading a few pages takes less than that, so readers
//! use the store's own library where they stand, or, where much may be read, on a thread that may
//! wait, once for all questions that are asked together.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::row::Inner;
use crate::{Cell, Row, StorageError};

/// Statements that a connection keeps prepared.
const STATEMENTS: usize = 256;

/// A statement and the cells of its placeholders.
pub(crate) type Statement = (String, Vec<Cell>);

/// Connections that may be lent at the same time, and how to open them.
#[derive(Debug, Clone)]
pub(crate) struct Readers {
    shared: Arc<Shared>,
    places: Arc<Semaphore>,
    count: u32,
    patience: Duration,
}

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    /// The one that came back last goes first: its memory is warm.
    idle: Mutex<Vec<Connection>>,
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
}

impl Readers {
    /// Readers of a file that is there.
    pub(crate) fn new(path: PathBuf, count: u32, patience: Duration) -> Self {
        let idle = Mutex::new(Vec::new());
        Self {
            shared: Arc::new(Shared { path, idle }),
            places: Arc::new(Semaphore::new(count as usize)),
            count,
            patience,
        }
    }

    /// A connection of one's own until it is dropped. `aside` says whether much may be read.
    pub(crate) async fn lend(&self, aside: bool) -> Result<Reader, StorageError> {
        let place = Arc::clone(&self.places).acquire_owned();
        let place = tokio::time::timeout(self.patience, place)
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        let connection = match self.shared.take() {
            Some(connection) => connection,
            None => self.open()?,
        };
        Ok(Reader {
            lent: Some(Lent { connection, place }),
            begun: false,
            aside,
            shared: Arc::clone(&self.shared),
        })
    }

    fn open(&self) -> Result<Connection, StorageError> {
        // Each connection is used by one thread at a time.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.shared.path, flags)?;
        connection.busy_timeout(self.patience)?;
        connection.execute_batch(
            "pragma cache_size = -16384; pragma temp_store = memory; pragma query_only = on",
        )?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    }

    /// Waits for everybody who reads, and closes all connections.
    pub(crate) async fn close(&self) {
        let all = self.places.acquire_many(self.count).await;
        self.places.close();
        drop(all);
        while let Some(connection) = self.shared.take() {
            drop(connection);
        }
    }
}

#[derive(Debug)]
struct Lent {
    connection: Connection,
    place: OwnedSemaphorePermit,
}

/// A lent connection. What it is asked first begins its transaction.
#[derive(Debug)]
pub(crate) struct Reader {
    /// None while it is asked aside; whoever stops waiting for the answer loses the connection.
    lent: Option<Lent>,
    begun: bool,
    aside: bool,
    shared: Arc<Shared>,
}

impl Reader {
    /// The rows of each statement.
    pub(crate) async fn ask(
        &mut self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StorageError> {
        let begins = !std::mem::replace(&mut self.begun, true);
        self.answer(begins, statements).await
    }

    /// The rows of one statement that needs no transaction around it.
    pub(crate) async fn ask_alone(
        &mut self,
        statement: Statement,
    ) -> Result<Vec<Row>, StorageError> {
        let mut answers = self.answer(false, vec![statement]).await?;
        Ok(answers.pop().unwrap_or_default())
    }

    async fn answer(
        &mut self,
        begins: bool,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StorageError> {
        let lent = self.lent.take().ok_or(sqlx::Error::PoolClosed)?;
        let work = move || {
            let answers = answer(&lent.connection, begins, &statements);
            (lent, answers)
        };
        let (lent, answers) = if self.aside {
            let work = tokio::task::spawn_blocking(work);
            work.await.map_err(|_| sqlx::Error::WorkerCrashed)?
        } else {
            work()
        };
        self.lent = Some(lent);
        Ok(answers?)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(Lent { connection, place }) = self.lent.take() else {
            return;
        };
        // A connection that cannot end its transaction is not lent again.
        let is_over = connection.is_autocommit() || end(&connection).is_ok();
        if is_over {
            self.shared.keep(connection);
        }
        drop(place);
    }
}

fn end(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .prepare_cached("rollback")?
        .raw_execute()
        .map(drop)
}

fn answer(
    connection: &Connection,
    begins: bool,
    statements: &[Statement],
) -> rusqlite::Result<Vec<Vec<Row>>> {
    if begins {
        let mut begin = connection.prepare_cached("begin deferred")?;
        begin.raw_execute()?;
    }
    let rows = |(sql, cells): &Statement| rows(connection, sql, cells);
    statements.iter().map(rows).collect()
}

fn rows(connection: &Connection, sql: &str, cells: &[Cell]) -> rusqlite::Result<Vec<Row>> {
    // To this library `$2` is a name, whose place is that of its first appearance; `?2` is a place.
    let mut statement = connection.prepare_cached(&sql.replace('$', "?"))?;
    for (place, cell) in (1..).zip(cells) {
        match cell {
            Cell::Integer(value) => statement.raw_bind_parameter(place, value)?,
            Cell::Text(value) => statement.raw_bind_parameter(place, value)?,
            Cell::Bytes(value) => statement.raw_bind_parameter(place, value)?,
            Cell::Boolean(value) => statement.raw_bind_parameter(place, value)?,
        }
    }
    let width = statement.column_count();
    let mut answer = statement.raw_query();
    let mut rows = Vec::new();
    while let Some(row) = answer.next()? {
        let values = (0..width).map(|column| row.get(column));
        let values = values.collect::<rusqlite::Result<Vec<Value>>>()?;
        rows.push(Row(Inner::Embedded(values)));
    }
    Ok(rows)
}
