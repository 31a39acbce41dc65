//! An open store: who may read and who may write at the same time.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::cell::bind_cells;
use crate::readers::Readers;
use crate::row::Inner;
use crate::transaction::{Open, placeholders};
use crate::{Migration, Question, Row, StorageError, Transaction, migrate};

/// Readers of the embedded store work beside its one writer.
const READERS: u32 = 6;
/// Connections to PostgreSQL of one server.
const CONNECTIONS: u32 = 12;
/// Keys of a list that is looked up without leaving the thread.
const SHORT: usize = 128;
const PAGE_BYTES: u32 = 8192;
const ROWS_AHEAD: usize = 1_024;
const PATIENCE: Duration = Duration::from_mins(2);

/// Which of the two databases a store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The embedded store.
    Sqlite,
    /// A PostgreSQL server, version 15 or newer.
    Postgres,
}

/// What an acknowledged write survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// Survives `kill -9` of the process; the operating system writes to the disk in its own time.
    #[default]
    Process,
    /// Survives loss of power: each commit waits for the disk.
    Power,
}

/// Where a store lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file of the embedded store.
    File(PathBuf),
    /// A `postgres://` address; tables lie in the named schema.
    Server {
        /// The address.
        url: String,
        /// The schema, created when missing.
        schema: &'static str,
    },
}

/// How to open a store.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Where it lies.
    pub location: Location,
    /// What a commit survives.
    pub durability: Durability,
}

/// A handle to an open store, cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    pub(crate) pools: Pools,
}

#[derive(Debug, Clone)]
pub(crate) enum Pools {
    Sqlite { read: Readers, write: SqlitePool },
    Postgres(PgPool),
}

impl Database {
    /// Opens the store, creates it when it is not there, and brings its schema up to date.
    pub async fn open(options: &OpenOptions, steps: &[Migration]) -> Result<Self, StorageError> {
        let pools = match &options.location {
            Location::File(path) => open_file(path, options.durability).await?,
            Location::Server { url, schema } => {
                open_server(url, schema, options.durability).await?
            }
        };
        migrate::run(&pools, steps).await?;
        Ok(Self { pools })
    }

    /// Which database this is.
    pub fn kind(&self) -> Kind {
        match &self.pools {
            Pools::Sqlite { .. } => Kind::Sqlite,
            Pools::Postgres(_) => Kind::Postgres,
        }
    }

    /// A transaction that sees one state of the store and changes nothing.
    pub async fn read(&self) -> Result<Transaction, StorageError> {
        self.read_where(true).await
    }

    /// Like [`Database::read`], for what reads a few pages and what somebody waits for: on the
    /// embedded store the caller's own thread reads, so nobody else must wake up for it.
    pub async fn glance(&self) -> Result<Transaction, StorageError> {
        self.read_where(false).await
    }

    async fn read_where(&self, aside: bool) -> Result<Transaction, StorageError> {
        Ok(Transaction::new(match &self.pools {
            Pools::Sqlite { read, .. } => Open::Reading(read.lend(aside).await?),
            Pools::Postgres(pool) => Open::Postgres(
                begin(pool, "begin isolation level repeatable read read only").await?,
            ),
        }))
    }

    /// The rows of one query. A single statement sees one state of the store by itself, so there is
    /// no transaction to begin and to end. A short one is answered as by [`Database::glance`].
    pub async fn ask(&self, question: Question<'_>) -> Result<Vec<Row>, StorageError> {
        let numbered = self.kind() == Kind::Postgres;
        let mut statements = question.statements(|width| placeholders(numbered, 1, width));
        if statements.len() > 1 {
            return self.read().await?.fetch_one_by_one(statements).await;
        }
        let Some((sql, cells)) = statements.pop() else {
            return Ok(Vec::new());
        };
        match &self.pools {
            Pools::Sqlite { read, .. } => {
                let mut reader = read.lend(cells.len() > SHORT).await?;
                reader.ask_alone((sql, cells)).await
            }
            Pools::Postgres(pool) => {
                let query = sqlx::query::<Postgres>(sqlx::AssertSqlSafe(sql));
                let rows = bind_cells!(query, cells).fetch_all(pool).await?.into_iter();
                Ok(rows.map(|row| Row(Inner::Postgres(row))).collect())
            }
        }
    }

    /// A transaction that may write. On the embedded store there is one at a time; those who wait
    /// are served in the order of arrival, so a person waits for one chunk of an import at most.
    pub async fn write(&self) -> Result<Transaction, StorageError> {
        Ok(Transaction::new(match &self.pools {
            Pools::Sqlite { write, .. } => Open::Sqlite(write.begin_with("begin immediate").await?),
            Pools::Postgres(pool) => Open::Postgres(begin(pool, "begin").await?),
        }))
    }

    /// Closes all connections; the embedded store moves its log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// In a task of its own: a transaction that is given up while it begins would go back to the pool
/// half begun, and whoever comes next would be in it.
async fn begin(
    pool: &PgPool,
    statement: &'static str,
) -> Result<sqlx::Transaction<'static, Postgres>, StorageError> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    Ok(begun.await.map_err(|_| sqlx::Error::WorkerCrashed)??)
}

async fn open_file(path: &PathBuf, durability: Durability) -> Result<Pools, StorageError> {
    let base = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .page_size(PAGE_BYTES)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(match durability {
            Durability::Process => SqliteSynchronous::Off,
            Durability::Power => SqliteSynchronous::Full,
        })
        .foreign_keys(false)
        .busy_timeout(PATIENCE)
        .pragma("temp_store", "memory")
        // Rows cross from the driver's thread to ours; the default of 50 wakes us too often.
        .row_buffer_size(ROWS_AHEAD)
        .statement_cache_capacity(256);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(base.pragma("cache_size", "-65536"))
        .await?;
    let read = Readers::new(path.clone(), READERS, PATIENCE);
    Ok(Pools::Sqlite { read, write })
}

async fn open_server(
    url: &str,
    schema: &'static str,
    durability: Durability,
) -> Result<Pools, StorageError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| StorageError::Address("the database address".to_owned()))?
        .application_name("hubu")
        .options([
            ("search_path", schema),
            (
                "synchronous_commit",
                match durability {
                    Durability::Process => "off",
                    Durability::Power => "on",
                },
            ),
        ])
        .statement_cache_capacity(256);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await?;
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "create schema if not exists {schema}"
    )))
    .execute(&pool)
    .await?;
    Ok(Pools::Postgres(pool))
}
