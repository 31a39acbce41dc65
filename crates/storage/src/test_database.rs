//! Real databases for tests: a file, and a schema of a PostgreSQL server.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Database, Durability, Location, Migration, OpenOptions, StorageError};

/// Names the PostgreSQL server that tests may use; `cargo xtask test` starts one and sets it.
pub const POSTGRES_VARIABLE: &str = "HUBU_TEST_POSTGRES";

/// A fresh store of one test.
#[derive(Debug)]
pub struct TestDatabase {
    /// The open store.
    pub database: Database,
    /// How it was opened, for a test that opens it again.
    pub options: OpenOptions,
}

/// A fresh store on each database that is there: always a file, and PostgreSQL when
/// `HUBU_TEST_POSTGRES` names a server. Files are left in the folder of the caller.
pub async fn each_database(
    folder: PathBuf,
    steps: &[Migration],
) -> Result<Vec<TestDatabase>, StorageError> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut locations = vec![Location::File(folder.join(format!("store-{number}.db")))];
    if let Ok(url) = std::env::var(POSTGRES_VARIABLE) {
        // A schema name lives as long as the process: tests are short.
        let schema = format!("test_{}_{number}", std::process::id());
        locations.push(Location::Server {
            url,
            schema: schema.leak(),
        });
    }
    let mut databases = Vec::new();
    for location in locations {
        let options = OpenOptions {
            location,
            durability: Durability::Process,
        };
        let database = Database::open(&options, steps).await?;
        databases.push(TestDatabase { database, options });
    }
    Ok(databases)
}
