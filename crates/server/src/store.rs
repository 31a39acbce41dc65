//! The open store: data, keys and declarations, cheap to clone and passed to every use-case.

mod editions;
mod in_force;
mod linkers;
#[cfg(test)]
mod temporary;
mod together;
mod turn;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::register::{Catalogue, InvalidPack};
use domain::resolution::Features;
use storage::{Database, Durability, Location, Migration, OpenOptions, StorageError, Transaction};

use crate::clock::{self, Micros};
use crate::index::IndexCache;
use crate::protection::{KeyError, Keys};
use crate::store::in_force::CatalogueInForce;
use crate::store::together::Together;

pub use editions::{EditionKey, EditionText, EditionTexts};
pub use linkers::{InForce, InvalidModel, Linkers, shipped};
#[cfg(test)]
pub(crate) use temporary::temporary_store;
pub use together::SharedTransaction;
pub use turn::{Turn, take_turn};

/// The schema of the data.
pub const DATA_MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "foundation",
        sql: include_str!("../../../migrations/data/0001_foundation.sql"),
    },
    Migration {
        version: 2,
        name: "saved views",
        sql: include_str!("../../../migrations/data/0002_saved_views.sql"),
    },
    Migration {
        version: 3,
        name: "leases and trust",
        sql: include_str!("../../../migrations/data/0003_leases_and_trust.sql"),
    },
    Migration {
        version: 4,
        name: "review decisions",
        sql: include_str!("../../../migrations/data/0004_review_decisions.sql"),
    },
    Migration {
        version: 5,
        name: "linkage",
        sql: include_str!("../../../migrations/data/0005_linkage.sql"),
    },
    Migration {
        version: 6,
        name: "linkage runs",
        sql: include_str!("../../../migrations/data/0006_linkage_run.sql"),
    },
    Migration {
        version: 7,
        name: "index blocks",
        sql: include_str!("../../../migrations/data/0007_index_blocks.sql"),
    },
    Migration {
        version: 8,
        name: "rule packs",
        sql: include_str!("../../../migrations/data/0008_rule_packs.sql"),
    },
    Migration {
        version: 9,
        name: "view rules",
        sql: include_str!("../../../migrations/data/0009_view_rules.sql"),
    },
];

/// The schema of the key store.
pub const KEY_MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    name: "data keys",
    sql: include_str!("../../../migrations/keys/0001_data_keys.sql"),
}];

/// The declarations that are shipped.
const BASE_PACK: &str = include_str!("../../../packs/cn-base/attributes.toml");

/// The declarations that are shipped, for whoever knows headers without opening a store.
pub fn shipped_catalogue() -> Result<Catalogue, InvalidPack> {
    Catalogue::parse(BASE_PACK)
}

/// Where a store lies and what its commits survive.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// The folder of the embedded store, of the master key and of uploads.
    pub folder: PathBuf,
    /// A `postgres://` address; none for the embedded store.
    pub database_url: Option<String>,
    /// What a commit survives.
    pub durability: Durability,
}

/// A store that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenStoreError {
    /// The folder cannot be made or used.
    #[error("the data folder {0} cannot be used: {1}")]
    Folder(PathBuf, std::io::Error),
    /// Another process holds the embedded store.
    #[error("the store in {0} is held by another hubu process")]
    Held(PathBuf),
    /// The database refused.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The master key cannot be read or made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The declarations contradict themselves.
    #[error(transparent)]
    Pack(#[from] InvalidPack),
    /// A shipped linkage model cannot be used.
    #[error(transparent)]
    Model(#[from] InvalidModel),
}

/// The open store.
#[derive(Debug, Clone)]
pub struct Store {
    /// The data.
    pub database: Database,
    /// The keys, kept apart.
    pub keys: Keys,
    /// The declarations as they are shipped. What packs may say in their place, [`Store::catalogue_in_force`] knows.
    pub catalogue: Arc<Catalogue>,
    in_force: CatalogueInForce,
    /// What memory keeps of the look-up index.
    pub index: IndexCache,
    /// The linkage models in force.
    pub linkers: Linkers,
    /// What memory keeps of rule packs.
    pub editions: EditionTexts,
    /// What of a record is compared.
    pub features: Arc<Features>,
    /// Writes of people that share a commit.
    together: Together,
    process: i64,
    folder: PathBuf,
    durability: Durability,
    /// Held as long as any clone of this store lives.
    _lock: Option<Arc<std::fs::File>>,
}

impl Store {
    /// Opens the store, creates it when it is not there, and guards an embedded one with a lock of
    /// the operating system, which the end of the process gives back however it ends.
    pub async fn open(options: &StoreOptions) -> Result<Self, OpenStoreError> {
        let folder = &options.folder;
        std::fs::create_dir_all(folder)
            .map_err(|error| OpenStoreError::Folder(folder.clone(), error))?;
        let (data, keys, lock) = match &options.database_url {
            Some(url) => (
                server_location(url, "hubu"),
                server_location(url, "hubu_keys"),
                None,
            ),
            None => (
                Location::File(folder.join("hubu.db")),
                Location::File(folder.join("keys.db")),
                Some(Arc::new(lock(folder)?)),
            ),
        };
        Self::open_at(options, data, keys, lock).await
    }

    /// Opens a store at given places, such as the schemas of a test.
    pub async fn open_at(
        options: &StoreOptions,
        data: Location,
        keys: Location,
        lock: Option<Arc<std::fs::File>>,
    ) -> Result<Self, OpenStoreError> {
        let open = |location| OpenOptions {
            location,
            durability: options.durability,
        };
        let database = Database::open(&open(data), DATA_MIGRATIONS).await?;
        let key_database = Database::open(&open(keys), KEY_MIGRATIONS).await?;
        let keys = Keys::open(key_database, &options.folder.join("master.key"))?;
        let catalogue = Arc::new(shipped_catalogue()?);
        let store = Self {
            in_force: CatalogueInForce::of(&catalogue),
            database,
            process: i64::from_be_bytes(keys.random()?),
            keys,
            features: Arc::new(Features::new(&catalogue)),
            linkers: Linkers::shipped()?,
            editions: EditionTexts::default(),
            catalogue,
            index: IndexCache::default(),
            together: Together::default(),
            folder: options.folder.clone(),
            durability: options.durability,
            _lock: lock,
        };
        let mut transaction = store.database.read().await?;
        store.heed_view_rules(&mut transaction).await?;
        drop(transaction);
        Ok(store)
    }

    /// This process among those that have the store open, by a number that no other has.
    pub fn process(&self) -> i64 {
        self.process
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What a commit survives.
    pub fn durability(&self) -> Durability {
        self.durability
    }

    /// Begins a write and says when it is: later than every write before it, whatever the clock
    /// of the machine does. On PostgreSQL this also makes writers wait for one another, so that
    /// two servers cannot decide about the same customer at once.
    pub async fn write(&self) -> Result<(Transaction, Micros), StorageError> {
        let mut transaction = self.database.write().await?;
        let recorded_at = self.begin(&mut transaction).await?;
        Ok((transaction, recorded_at))
    }

    /// What every write begins with.
    async fn begin(&self, transaction: &mut Transaction) -> Result<Micros, StorageError> {
        let recorded_at = tick(transaction).await?;
        self.heed_view_rules(transaction).await?;
        Ok(recorded_at)
    }
}

async fn tick(transaction: &mut Transaction) -> Result<Micros, StorageError> {
    let row = transaction
        .fetch_one(include_str!("store/tick.sql"), [clock::now().into()])
        .await?;
    row.integer(0)
}

/// Takes `count` consecutive ids of a name and gives the first.
pub async fn allocate(
    transaction: &mut Transaction,
    name: &'static str,
    count: i64,
) -> Result<i64, StorageError> {
    let row = transaction
        .fetch_one(
            include_str!("store/allocate.sql"),
            [name.into(), count.into()],
        )
        .await?;
    Ok(row.integer(0)? - count + 1)
}

fn server_location(url: &str, schema: &'static str) -> Location {
    Location::Server {
        url: url.to_owned(),
        schema,
    }
}

fn lock(folder: &Path) -> Result<std::fs::File, OpenStoreError> {
    let unusable = |error| OpenStoreError::Folder(folder.to_owned(), error);
    let file = std::fs::File::create(folder.join("hubu.lock")).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenStoreError::Held(folder.to_owned())),
        Err(std::fs::TryLockError::Error(error)) => Err(unusable(error)),
    }
}
