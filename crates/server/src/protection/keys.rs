//! The key store: one key per record series, per customer and per batch, wrapped by the master key
//! and kept apart from the data.
//!
//! A key is committed before the data that it seals. A crash between the two leaves a key of
//! nothing, which the next use of its id overwrites.

mod features;

use std::collections::HashMap;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use storage::{Database, Question, Rows, StorageError};
use vault::{
    BlindKey, DataKey, MasterKey, OpenError, Randomness, RandomnessUnavailable, SealError,
    SealingKey, WrappingKey,
};

use crate::protection::gathered::Gathered;

/// Keys of records that came one by one, at most.
const FEW: usize = 64;

/// Of the keys that wrap; a rotation raises it.
const KEY_VERSION: i64 = 1;

/// What a key belongs to. The store keeps the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyScope {
    /// A series of records of one source about one party.
    Series = 1,
    /// A customer, for what is derived.
    Customer = 2,
    /// A batch, for rows in quarantine.
    Batch = 3,
    /// An uploaded file.
    Upload = 4,
}

/// Keys that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file of the master key cannot be read or made.
    #[error("the master key {0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The file holds something else.
    #[error("the master key {0} has {1} bytes, 32 are required")]
    Length(PathBuf, usize),
    /// The key store refused.
    #[error("the key store: {0}")]
    Storage(#[from] StorageError),
    /// The operating system gives no randomness.
    #[error(transparent)]
    Randomness(#[from] RandomnessUnavailable),
    /// A block cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A key or a block cannot be opened: it was changed, or the master key is another one.
    #[error("{what} {id} cannot be opened: {source}")]
    Open {
        /// What it is.
        what: &'static str,
        /// Whose it is.
        id: i64,
        /// Why.
        source: OpenError,
    },
    /// There is no key: it was destroyed.
    #[error("the key of {scope:?} {id} does not exist")]
    Destroyed {
        /// What it belonged to.
        scope: KeyScope,
        /// Whose it was.
        id: i64,
    },
}

/// The keys of a store.
#[derive(Clone)]
pub struct Keys {
    database: Database,
    secrets: Arc<Secrets>,
    gathered: Gathered,
    /// New keys wait until [`Keys::save_gathered`].
    gathers: bool,
}

struct Secrets {
    wrapping: WrappingKey,
    blind: BlindKey,
    answers: DataKey,
    features: SealingKey,
    /// Sealing takes a nonce or two at a time; bulk work brings its own.
    randomness: Mutex<Randomness>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Keys").finish_non_exhaustive()
    }
}

/// A key as the key store has it.
#[derive(Debug)]
pub(super) struct WrappedKey {
    pub scope: KeyScope,
    pub id: i64,
    pub wrapped: Vec<u8>,
}

/// Keys that were made and are not yet in the key store.
#[derive(Debug)]
pub struct NewKeys {
    keys: Vec<WrappedKey>,
}

impl NewKeys {
    /// Room for `count` keys.
    pub fn with_capacity(count: usize) -> Self {
        Self {
            keys: Vec::with_capacity(count),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

impl Keys {
    /// Opens the key store with the master key in a file, which is made on first use.
    pub fn open(database: Database, master: &Path) -> Result<Self, KeyError> {
        let mut randomness = Randomness::new();
        let master = read_or_make(master, &mut randomness)?;
        let secrets = Secrets {
            wrapping: WrappingKey::new(&master.derive("wrap data keys")),
            blind: BlindKey::new(&master.derive("blind digests"), 1),
            answers: master.derive("seal idempotency answers"),
            features: SealingKey::new(&master.derive("seal linkage features")),
            randomness: Mutex::new(randomness),
        };
        Ok(Self {
            database,
            secrets: Arc::new(secrets),
            gathered: Gathered::default(),
            gathers: false,
        })
    }

    /// The key of blind digests.
    pub fn blind(&self) -> &BlindKey {
        &self.secrets.blind
    }

    /// The key that seals answers kept for repeated requests.
    pub fn answers(&self) -> &DataKey {
        &self.secrets.answers
    }

    /// Makes a key; it must be saved before the data that it seals.
    pub fn make(
        &self,
        scope: KeyScope,
        id: i64,
        randomness: &mut Randomness,
        new: &mut NewKeys,
    ) -> Result<DataKey, KeyError> {
        let key = DataKey::generate(randomness)?;
        let wrapped = self
            .secrets
            .wrapping
            .wrap(&associated(scope, id), &key, randomness)?;
        let wrapped = wrapped.to_vec();
        new.keys.push(WrappedKey { scope, id, wrapped });
        Ok(key)
    }

    /// Commits new keys to the key store, or gathers them for a commit that comes.
    pub async fn save(&self, new: NewKeys) -> Result<(), KeyError> {
        if self.gathers {
            self.gathered.add(new.keys);
            return Ok(());
        }
        self.insert(new.keys).await
    }

    /// The same keys for a write that shares its commit.
    pub(crate) fn gathering(&self) -> Self {
        Self {
            gathers: true,
            ..self.clone()
        }
    }

    /// Commits what was gathered.
    pub(crate) async fn save_gathered(&self) -> Result<(), KeyError> {
        self.insert(self.gathered.take()).await
    }

    /// What the write at hand gathered will be committed: it ended.
    pub(crate) fn keep_gathered(&self) {
        self.gathered.keep();
    }

    /// What the write at hand gathered belongs to nothing: it was undone.
    pub(crate) fn undo_gathered(&self) {
        self.gathered.undo();
    }

    /// What was gathered belongs to nothing: all its writes were undone.
    pub(crate) fn forget_gathered(&self) {
        self.gathered.take();
    }

    async fn insert(&self, new: Vec<WrappedKey>) -> Result<(), KeyError> {
        if new.is_empty() {
            return Ok(());
        }
        let mut rows = Rows::with_capacity(4, new.len());
        for WrappedKey { scope, id, wrapped } in new {
            let scope = scope as i64;
            rows.push([scope.into(), id.into(), KEY_VERSION.into(), wrapped.into()]);
        }
        // Whoever writes a few keys holds the store meanwhile, so nobody else wakes up for them.
        let mut transaction = if rows.len() <= FEW {
            self.database.jot().await?
        } else {
            self.database.write().await?
        };
        transaction
            .insert_many(
                include_str!("insert_data_key.sql"),
                rows,
                "on conflict (scope, id) do update set key_version = excluded.key_version, wrapped = excluded.wrapped",
            )
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Destroys a key: what it sealed is nobody's to read any more, wherever copies of it lie.
    /// Destroying what was destroyed changes nothing.
    pub async fn destroy(&self, scope: KeyScope, id: i64) -> Result<(), KeyError> {
        let mut transaction = self.database.write().await?;
        transaction
            .execute(
                include_str!("destroy_data_key.sql"),
                [(scope as i64).into(), id.into()],
            )
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Makes one key and commits it.
    pub async fn make_and_save(&self, scope: KeyScope, id: i64) -> Result<DataKey, KeyError> {
        let mut new = NewKeys::with_capacity(1);
        let key = {
            let mut randomness = self
                .secrets
                .randomness
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            self.make(scope, id, &mut randomness, &mut new)?
        };
        self.save(new).await?;
        Ok(key)
    }

    /// The keys of many ids. One that was destroyed is missing in the answer.
    pub async fn load(
        &self,
        scope: KeyScope,
        ids: &[i64],
    ) -> Result<HashMap<i64, DataKey>, KeyError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let sql = match scope {
            KeyScope::Series => include_str!("load_series_keys.sql"),
            KeyScope::Customer => include_str!("load_customer_keys.sql"),
            KeyScope::Batch => include_str!("load_batch_keys.sql"),
            KeyScope::Upload => include_str!("load_upload_keys.sql"),
        };
        let rows = self.database.ask(Question::by_keys(sql, ids)).await?;
        let mut keys = HashMap::with_capacity(rows.len());
        for row in rows {
            let id = row.integer(0)?;
            keys.insert(id, self.unwrap(scope, id, &row.bytes(1)?)?);
        }
        for (id, wrapped) in self.gathered.find(scope, ids) {
            keys.insert(id, self.unwrap(scope, id, &wrapped)?);
        }
        Ok(keys)
    }

    fn unwrap(&self, scope: KeyScope, id: i64, wrapped: &[u8]) -> Result<DataKey, KeyError> {
        let key = self
            .secrets
            .wrapping
            .unwrap_key(&associated(scope, id), wrapped);
        key.map_err(|source| KeyError::Open {
            what: "the key of",
            id,
            source,
        })
    }

    /// The key of one id.
    pub async fn load_one(&self, scope: KeyScope, id: i64) -> Result<DataKey, KeyError> {
        let mut keys = self.load(scope, &[id]).await?;
        keys.remove(&id).ok_or(KeyError::Destroyed { scope, id })
    }

    /// Seals one block outside of bulk work.
    pub fn seal(
        &self,
        key: &DataKey,
        associated: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let mut randomness = self
            .secrets
            .randomness
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(vault::seal(key, associated, plain, &mut randomness)?)
    }

    /// Random bytes outside of bulk work, such as a session token.
    pub fn random<const LENGTH: usize>(&self) -> Result<[u8; LENGTH], KeyError> {
        let mut randomness = self
            .secrets
            .randomness
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(randomness.bytes()?)
    }
}

/// What a wrapped key is bound to, so that it cannot stand in another's place.
fn associated(scope: KeyScope, id: i64) -> [u8; 17] {
    let mut bytes = [0; 17];
    bytes[0] = scope as u8;
    bytes[1..9].copy_from_slice(&id.to_be_bytes());
    bytes[9..].copy_from_slice(&KEY_VERSION.to_be_bytes());
    bytes
}

fn read_or_make(path: &Path, randomness: &mut Randomness) -> Result<MasterKey, KeyError> {
    let failed = |error| KeyError::File(path.to_owned(), error);
    match std::fs::read(path) {
        Ok(bytes) => {
            let length = bytes.len();
            let bytes = bytes
                .try_into()
                .map_err(|_| KeyError::Length(path.to_owned(), length))?;
            Ok(MasterKey::from_bytes(bytes))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = MasterKey::generate(randomness)?;
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path).map_err(failed)?;
            file.write_all(key.expose())
                .and_then(|()| file.sync_all())
                .map_err(failed)?;
            Ok(key)
        }
        Err(error) => Err(failed(error)),
    }
}
