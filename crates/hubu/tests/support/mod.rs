//! An installation of one test, and the binary run in it.
#![expect(dead_code, reason = "each test program uses a part of it")]

mod chance;
mod server;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};
use tempfile::TempDir;

#[allow(unused_imports, reason = "each test program uses a part of it")]
pub use chance::{Chance, setting};
#[allow(unused_imports, reason = "each test program uses a part of it")]
pub use server::Server;

/// Names the PostgreSQL server that tests may use; `cargo xtask test` starts one and sets it.
const POSTGRES_VARIABLE: &str = "HUBU_TEST_POSTGRES";

/// A data folder, and a database of its own where the store is on PostgreSQL.
pub struct Installation {
    folder: TempDir,
    url: Option<String>,
}

/// How a run of the binary ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Installation {
    /// On the embedded store.
    pub fn embedded() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            url: None,
        }
    }

    /// On a database of its own, if there is a server for tests.
    pub fn on_postgres() -> Option<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let server = std::env::var(POSTGRES_VARIABLE).ok()?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("hubu_test_{}_{number}", std::process::id());
        block_on(async {
            let mut connection = PgConnection::connect(&server).await.unwrap();
            for statement in [
                format!("drop database if exists {name}"),
                format!("create database {name}"),
            ] {
                connection.execute(AssertSqlSafe(statement)).await.unwrap();
            }
        });
        let (before, _) = server.rsplit_once('/').unwrap();
        Some(Self {
            folder: tempfile::tempdir().unwrap(),
            url: Some(format!("{before}/{name}")),
        })
    }

    /// On each database that is there.
    pub fn each() -> impl Iterator<Item = Self> {
        [Some(Self::embedded()), Self::on_postgres()]
            .into_iter()
            .flatten()
    }

    /// A fresh one on a database of the same kind.
    pub fn another(&self) -> Self {
        if self.url.is_some() {
            Self::on_postgres().unwrap()
        } else {
            Self::embedded()
        }
    }

    /// A path in the folder of the test, outside of the data folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Writes a file beside the data.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// A command of the binary, in English, with the store of this installation.
    pub fn command<Argument: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = Argument>,
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hubu"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HUBU_LANGUAGE", "en")
            .env("HUBU_DATA", self.data())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(url) = &self.url {
            command.env("HUBU_DATABASE_URL", url);
        }
        command
    }

    /// Runs the binary to its end.
    #[track_caller]
    pub fn hubu<const COUNT: usize>(&self, arguments: [&str; COUNT]) -> Ended {
        let output = self.command(arguments).output().unwrap();
        Ended {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the binary, which must succeed and print one JSON value.
    #[track_caller]
    pub fn json<const COUNT: usize>(&self, arguments: [&str; COUNT]) -> Value {
        let ended = self.hubu(arguments);
        assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.err);
        serde_json::from_str(&ended.out).unwrap()
    }

    /// Starts the binary.
    pub fn start<const COUNT: usize>(&self, arguments: [&str; COUNT]) -> Child {
        self.command(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Everything that the store says.
    #[track_caller]
    pub fn dump(&self, name: &str) -> String {
        let path = self.path(name);
        let text = path.display().to_string();
        let arguments = [
            "records",
            "dump",
            "--purpose",
            "compliance",
            "--output",
            &text,
        ];
        let ended = self.hubu(arguments);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        std::fs::read_to_string(path).unwrap()
    }

    /// What doctor finds: the codes, without repetition.
    #[track_caller]
    pub fn findings(&self) -> Vec<String> {
        let ended = self.hubu(["doctor", "--json"]);
        let report: Value = serde_json::from_str(&ended.out)
            .unwrap_or_else(|_| panic!("{} {}", ended.out, ended.err));
        let findings = report["findings"].as_array().unwrap();
        assert_eq!(ended.code, Some(i32::from(!findings.is_empty())));
        let mut codes: Vec<String> = findings
            .iter()
            .map(|finding| finding["code"].as_str().unwrap().to_owned())
            .collect();
        codes.dedup();
        codes
    }

    /// Changes the data behind the back of the binary.
    #[track_caller]
    pub fn tamper(&self, statement: &str) {
        self.execute("hubu", statement);
    }

    /// Changes the key store behind the back of the binary.
    #[track_caller]
    pub fn tamper_with_keys(&self, statement: &str) {
        self.execute("keys", statement);
    }

    /// A number that a query gives; none while the table is not there yet or the file is busy.
    pub fn number(&self, store: &str, query: &str) -> Option<i64> {
        block_on(async {
            if let Some(url) = &self.url {
                let mut connection = postgres(url, store).await?;
                let row = connection.fetch_one(AssertSqlSafe(query.to_owned())).await;
                return row.ok()?.try_get(0).ok();
            }
            let path = self.data().join(format!("{store}.db"));
            let mut connection = sqlite(&path).await?;
            let row = connection.fetch_one(AssertSqlSafe(query.to_owned())).await;
            row.ok()?.try_get(0).ok()
        })
    }

    #[track_caller]
    fn execute(&self, store: &str, statement: &str) {
        let statement = AssertSqlSafe(statement.to_owned());
        let changed = block_on(async {
            if let Some(url) = &self.url {
                let mut connection = postgres(url, store).await.unwrap();
                return connection.execute(statement).await.unwrap().rows_affected();
            }
            let path = self.data().join(format!("{store}.db"));
            let mut connection = sqlite(&path).await.unwrap();
            connection.execute(statement).await.unwrap().rows_affected()
        });
        assert!(changed > 0, "nothing was changed");
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let (Some(url), Ok(server)) = (&self.url, std::env::var(POSTGRES_VARIABLE)) else {
            return;
        };
        let (_, name) = url.rsplit_once('/').unwrap();
        block_on(async {
            let mut connection = PgConnection::connect(&server).await.unwrap();
            let statement = format!("drop database if exists {name} with (force)");
            connection.execute(AssertSqlSafe(statement)).await.unwrap();
        });
    }
}

/// Both stores lie in one database, in schemas named after the files.
async fn postgres(url: &str, store: &str) -> Option<PgConnection> {
    let schema = if store == "keys" { "hubu_keys" } else { "hubu" };
    let mut connection = PgConnection::connect(url).await.ok()?;
    let statement = format!("set search_path to {schema}");
    connection.execute(AssertSqlSafe(statement)).await.ok()?;
    Some(connection)
}

async fn sqlite(path: &Path) -> Option<SqliteConnection> {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(std::time::Duration::from_secs(10));
    SqliteConnection::connect_with(&options).await.ok()
}

pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}
