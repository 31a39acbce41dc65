//! A store of its own for a unit test.

use storage::Durability;
use tempfile::TempDir;

use crate::StoreOptions;
use crate::store::Store;

/// An embedded store, and the folder that it lies in and goes with.
pub(crate) async fn temporary_store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let options = StoreOptions {
        folder: folder.path().to_owned(),
        database_url: None,
        durability: Durability::Process,
    };
    let store = Store::open(&options).await.unwrap();
    (folder, store)
}
