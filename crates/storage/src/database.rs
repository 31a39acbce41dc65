//! An open store: who may read and who may write at the same time.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, Connection};

use crate::cell::bind_cells;
use crate::embedded::{Connections, Purpose};
use crate::row::Inner;
use crate::transaction::{Open, placeholders};
use crate::{Migration, Question, Row, StorageError, Transaction, migrate};

/// Readers of the embedded store work beside its one writer.
const READERS: u32 = 6;
/// Connections to PostgreSQL of one server.
const CONNECTIONS: u32 = 12;
const PAGE_BYTES: u32 = 8192;
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
    Sqlite {
        read: Connections,
        write: Connections,
    },
    Postgres(PgPool),
}

impl Database {
    /// Opens the store, creates it when it is not there, and brings its schema up to date.
    pub async fn open(options: &OpenOptions, steps: &[Migration]) -> Result<Self, StorageError> {
        let pools = match &options.location {
            Location::File(path) => open_file(path, options.durability, steps).await?,
            Location::Server { url, schema } => {
                open_server(url, schema, options.durability, steps).await?
            }
        };
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
            Pools::Sqlite { read, .. } => Open::Embedded(read.lend(aside).await?),
            Pools::Postgres(pool) => Open::Postgres(
                begin(pool, "begin isolation level repeatable read read only").await?,
            ),
        }))
    }

    /// The rows of one query. A single statement sees one state of the store by itself, so there is
    /// no transaction to begin and to end. A short one is answered as by [`Database::glance`].
    pub async fn ask(&self, question: Question<'_>) -> Result<Vec<Row>, StorageError> {
        match &self.pools {
            Pools::Sqlite { read, .. } => {
                let Some(statement) = question.statement_for_each() else {
                    return Ok(Vec::new());
                };
                let mut reader = read.lend(false).await?;
                if statement.1.len() <= 1 {
                    return reader.ask_alone(statement).await;
                }
                // Run several times, and each of them must see the same state.
                let mut rows = reader.ask(vec![statement]).await?;
                Ok(rows.pop().unwrap_or_default())
            }
            Pools::Postgres(pool) => {
                let mut statements = question.statements(|width| placeholders(true, 1, width));
                if statements.len() > 1 {
                    return self.read().await?.fetch_one_by_one(statements).await;
                }
                let Some((sql, cells)) = statements.pop() else {
                    return Ok(Vec::new());
                };
                let query = sqlx::query::<Postgres>(sqlx::AssertSqlSafe(sql));
                let rows = bind_cells!(query, cells).fetch_all(pool).await?.into_iter();
                Ok(rows.map(|row| Row(Inner::Postgres(row))).collect())
            }
        }
    }

    /// A transaction that may write. On the embedded store there is one at a time; those who wait
    /// are served in the order of arrival, so a person waits for one chunk of an import at most.
    pub async fn write(&self) -> Result<Transaction, StorageError> {
        self.write_where(true).await
    }

    /// Like [`Database::write`], for what writes a few rows and what somebody waits for, as
    /// [`Database::glance`] is for reading.
    pub async fn jot(&self) -> Result<Transaction, StorageError> {
        self.write_where(false).await
    }

    async fn write_where(&self, aside: bool) -> Result<Transaction, StorageError> {
        Ok(Transaction::new(match &self.pools {
            Pools::Sqlite { write, .. } => {
                let mut writer = write.lend(aside).await?;
                writer.begin().await?;
                Open::Embedded(writer)
            }
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

async fn open_file(
    path: &PathBuf,
    durability: Durability,
    steps: &[Migration],
) -> Result<Pools, StorageError> {
    let mut connection = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .page_size(PAGE_BYTES)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(false)
        .busy_timeout(PATIENCE)
        .connect()
        .await?;
    let migrator = migrate::migrator(Kind::Sqlite, steps);
    migrator.run(&mut connection).await?;
    connection.close().await?;
    let connections = |purpose, count| Connections::new(path.clone(), purpose, count, PATIENCE);
    Ok(Pools::Sqlite {
        read: connections(Purpose::Reading, READERS),
        write: connections(Purpose::Writing(durability), 1),
    })
}

async fn open_server(
    url: &str,
    schema: &'static str,
    durability: Durability,
    steps: &[Migration],
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
    migrate::migrator(Kind::Postgres, steps).run(&pool).await?;
    Ok(Pools::Postgres(pool))
}
