//! Writes that come at the same time share a commit, and nothing else.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use server::Store;
use server::audit::{Entry, Filter, list};
use server::protection::{KeyScope, NewKeys};
use server::store::SharedTransaction;
use storage::StorageError;
use tokio::task::JoinHandle;

use crate::office::opened;
use crate::support::TestServer;

/// Who must wait is still waiting after this.
const A_WHILE: Duration = Duration::from_millis(50);

async fn note(transaction: &mut SharedTransaction, name: &'static str) {
    let sql = "insert into tally (name, value) values ($1, 1)";
    transaction.execute(sql, [name.into()]).await.unwrap();
}

async fn stands(store: &Store, name: &'static str) -> bool {
    let mut transaction = store.database.read().await.unwrap();
    let sql = "select value from tally where name = $1";
    let row = transaction.fetch_optional(sql, [name.into()]).await;
    row.unwrap().is_some()
}

/// Makes a key as a write that shares its commit does.
async fn make_key(store: &Store, id: i64) {
    let mut new = NewKeys::with_capacity(1);
    let mut randomness = vault::Randomness::new();
    let made = store
        .keys
        .make(KeyScope::Series, id, &mut randomness, &mut new);
    made.unwrap();
    store.gathering().keys.save(new).await.unwrap();
}

async fn has_key(store: &Store, id: i64) -> bool {
    store.keys.load_one(KeyScope::Series, id).await.is_ok()
}

/// Begins a write, lets another stand in line behind it, and commits the first while the second works.
async fn two(store: &Store) -> (JoinHandle<Result<(), StorageError>>, SharedTransaction) {
    let (mut first, _) = store.write_together().await.unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.write_together().await.unwrap().0 }
    });
    tokio::time::sleep(A_WHILE).await;
    note(&mut first, "first").await;
    make_key(store, 1_000_001).await;
    let first = tokio::spawn(first.commit());
    let mut second = waiting.await.unwrap();
    note(&mut second, "second").await;
    make_key(store, 1_000_002).await;
    tokio::time::sleep(A_WHILE).await;
    assert!(!first.is_finished(), "answered before the commit");
    assert!(!stands(store, "first").await, "committed before the second");
    (first, second)
}

#[tokio::test]
async fn who_comes_while_a_write_works_shares_its_commit() {
    for server in TestServer::each().await {
        let store = &server.store;
        let (first, second) = two(store).await;
        second.commit().await.unwrap();
        first.await.unwrap().unwrap();
        assert!(stands(store, "first").await && stands(store, "second").await);
        assert!(has_key(store, 1_000_001).await && has_key(store, 1_000_002).await);
    }
}

#[tokio::test]
async fn a_write_that_fails_undoes_itself_and_not_those_it_shared_with() {
    for server in TestServer::each().await {
        let store = &server.store;
        let (first, mut second) = two(store).await;
        let sql = "insert into tally (name, value) values ('first', 1)";
        let twice = second.execute(sql, []).await;
        assert!(matches!(twice, Err(StorageError::Duplicate(_))));
        drop(second);
        first.await.unwrap().unwrap();
        assert!(stands(store, "first").await && !stands(store, "second").await);
        assert!(has_key(store, 1_000_001).await && !has_key(store, 1_000_002).await);
    }
}

#[tokio::test]
async fn a_write_that_is_given_up_alone_holds_up_nobody() {
    for server in TestServer::each().await {
        let store = &server.store;
        let (mut alone, before) = store.write_together().await.unwrap();
        note(&mut alone, "alone").await;
        make_key(store, 1_000_003).await;
        drop(alone);
        let bulk = tokio::time::timeout(Duration::from_secs(5), store.write()).await;
        let (bulk, after) = bulk.unwrap().unwrap();
        assert!(after >= before);
        bulk.commit().await.unwrap();
        assert!(!stands(store, "alone").await && !has_key(store, 1_000_003).await);
    }
}

#[tokio::test]
async fn a_sender_who_hangs_up_leaves_a_write_that_is_committed_or_undone() {
    for server in TestServer::each().await {
        let store = &server.store;
        let (mut write, _) = store.write_together().await.unwrap();
        note(&mut write, "hung up").await;
        let committing = tokio::spawn(write.commit());
        tokio::task::yield_now().await;
        committing.abort();
        let bulk = tokio::time::timeout(Duration::from_secs(5), store.write()).await;
        drop(bulk.unwrap().unwrap());
    }
}

#[tokio::test]
async fn many_at_once_are_each_answered_for_what_they_sent() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let send = async |number: usize| {
            // Every fourth speaks of the same person, every fifth names nobody's source.
            let source = if number.is_multiple_of(5) {
                "nobody"
            } else {
                "core"
            };
            let name = if number.is_multiple_of(4) {
                "张三".to_owned()
            } else {
                format!("李四{number}")
            };
            let record = json!({ "source": source, "key": number.to_string(),
                "attributes": { "name": name, "mobile": format!("138{:08}", number * 2_469_135 % 100_000_000) } });
            let status = if number.is_multiple_of(5) { 404 } else { 201 };
            let answer = server.post(&token, "/records", &record).await;
            answer.expect(status).json()
        };
        let answers = join_all((0..40).map(send)).await;
        let mut customers: Vec<&str> = answers
            .iter()
            .filter_map(|answer| answer["customer"].as_str())
            .collect();
        customers.sort_unstable();
        customers.dedup();
        assert_eq!(customers.len(), 32);
    }
}

#[tokio::test]
async fn records_that_were_written_together_have_an_entry_and_an_answer_each() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        // All of them wait behind somebody who writes.
        let (writing, _) = server.store.write_together().await.unwrap();
        let send = async |number: usize| {
            let record = json!({ "source": "core", "key": number.to_string(),
                "attributes": { "name": format!("赵六{number}"), "mobile": format!("139{number:08}") } });
            let answer = server.post(&token, "/records", &record).await;
            answer.expect(201).json()["record"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        let let_go = async {
            tokio::time::sleep(A_WHILE).await;
            writing.commit().await.unwrap();
        };
        let (mut records, ()) = tokio::join!(join_all((0..12).map(send)), let_go);
        records.sort_unstable();
        records.dedup();
        assert_eq!(records.len(), 12);
        let filter = Filter {
            action: Some("records.written".to_owned()),
            subject: None,
        };
        let (entries, _) = list(&server.store, &filter, None, 50).await.unwrap();
        let told = |entry: &Entry| -> (i64, i64, i64) {
            let detail: Value = serde_json::from_str(&entry.detail).unwrap();
            let of = |name: &str| detail[name].as_i64().unwrap();
            assert_eq!(of("first_record"), of("last_record"));
            (of("first_record"), of("new_customers"), of("joined"))
        };
        let mut told: Vec<(i64, i64, i64)> = entries.iter().map(told).collect();
        told.sort_unstable();
        told.dedup_by_key(|(record, ..)| *record);
        assert_eq!(told.len(), 12);
        assert!(
            told.iter()
                .all(|(_, new, joined)| (*new, *joined) == (1, 0))
        );
    }
}
