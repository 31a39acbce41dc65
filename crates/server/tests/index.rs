//! The look-up index, while somebody keeps it in order: on each database, by one server or by two.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::register::IndexKind;
use server::Store;
use server::index::{
    Entries, IndexCache, Steps, find_many, merge_runs, settle_recent, warm, write_recent,
};
use support::TestServer;

const KIND: IndexKind = IndexKind::BlockKey;
const WRITES: u64 = 120;
const KEYS_A_WRITE: u64 = 9;

/// A digest that stands for a number; the numbers in order are not the digests in order.
fn digest(number: u64) -> [u8; 16] {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (u128::from(mixed) << 64 | u128::from(number)).to_be_bytes()
}

/// What must be found under the first so many numbers, and is.
async fn assert_found(store: &Store, cache: &IndexCache, numbers: u64) {
    let (mut transaction, _) = store.write().await.unwrap();
    let mut keys: Vec<([u8; 16], i64)> = (0..numbers)
        .map(|number| (digest(number), number.cast_signed()))
        .collect();
    keys.sort_unstable();
    let digests: Vec<[u8; 16]> = keys.iter().map(|(digest, _)| *digest).collect();
    let found = find_many(&mut transaction, cache, KIND, &digests);
    let references = found.await.unwrap().into_iter();
    let found: Vec<(usize, i64)> = references.collect();
    let places = keys.iter().enumerate();
    let expected: Vec<(usize, i64)> = places
        .map(|(place, (_, number))| (place, *number))
        .collect();
    assert_eq!(found, expected);
}

/// Writes records' keys one after the other, and looks each time for all that were written.
async fn write_and_look(store: &Store) {
    for write in 0..WRITES {
        let first = write * KEYS_A_WRITE;
        assert_found(store, &store.index, first).await;
        let (mut transaction, _) = store.write().await.unwrap();
        let mut entries = Entries::default();
        for number in first..first + KEYS_A_WRITE {
            entries.push(KIND, &digest(number), number.cast_signed());
        }
        write_recent(&mut transaction, &entries).await.unwrap();
        transaction.commit().await.unwrap();
    }
}

/// Settles and merges, again and again.
async fn keep(store: Store, stop: Arc<AtomicBool>) -> usize {
    let mut merged = 0;
    while !stop.load(Ordering::Relaxed) {
        settle_recent(&store, Steps::Small, true).await.unwrap();
        merged += usize::from(merge_runs(&store, Steps::Small).await.unwrap());
        warm(&store).await.unwrap();
    }
    merged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_writes_finds_every_key_while_others_settle_and_merge() {
    let mut pairs: Vec<(Store, Store)> = Vec::new();
    let embedded = TestServer::embedded().await;
    pairs.push((embedded.store.clone(), embedded.store.clone()));
    let servers = TestServer::pair().await;
    if let Some((one, other)) = &servers {
        pairs.push((one.store.clone(), other.store.clone()));
    }
    for (writer, keeper) in pairs {
        let stop = Arc::new(AtomicBool::new(false));
        // Two of them: they take turns.
        let keepers =
            [keeper, writer.clone()].map(|store| tokio::spawn(keep(store, Arc::clone(&stop))));
        write_and_look(&writer).await;
        stop.store(true, Ordering::Relaxed);
        let mut merged = 0;
        for keeper in keepers {
            merged += keeper.await.unwrap();
        }
        assert!(merged > 0, "nothing was merged meanwhile");
        settle_recent(&writer, Steps::Large, true).await.unwrap();
        // As who did the work knows the runs, and as who knows none.
        for cache in [&writer.index, &IndexCache::default()] {
            assert_found(&writer, cache, WRITES * KEYS_A_WRITE).await;
        }
        let mut transaction = writer.database.read().await.unwrap();
        let count = "select count(*) from index_recent";
        let left = transaction.fetch_one(count, []).await.unwrap();
        assert_eq!(left.integer(0).unwrap(), 0, "keys stand in runs only");
    }
}
