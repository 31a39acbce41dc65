//! A server that stops in the middle of a batch.

use std::fmt::Write;

use axum::http::Method;
use serde_json::json;
use server::intake::{
    BatchState, NOT_SURVEYED, NewBatch, find_batch, find_upload, hold_batch, keep_batches,
    mark_interrupted, start_batch,
};
use server::pipeline::run_batch;
use server::protection::KeyScope;
use server::register::find_source;

use crate::office::{counts, customers, ended, import, opened, upload};
use crate::support::TestServer;

/// Every seventh row cannot become a record.
fn book(rows: usize) -> String {
    let mut text = "编号,姓名,手机号码,星座\n".to_owned();
    for row in 1..=rows {
        let name = if row % 7 == 0 { "" } else { "客户" };
        let number = if name.is_empty() {
            String::new()
        } else {
            row.to_string()
        };
        writeln!(text, "{row},{name}{number},,白羊").unwrap();
    }
    text
}

async fn begun(server: &TestServer, upload: i64, key: Option<&str>) -> i64 {
    let store = &server.store;
    let (mut transaction, now) = store.write().await.unwrap();
    let source = find_source(&mut transaction, "core").await.unwrap();
    let upload = find_upload(&mut transaction, upload).await.unwrap();
    let mapping = json!({ "header": true, "key_column": key, "columns": [], "fixed": [],
        "blank_marks": [] });
    let batch = NewBatch {
        source: source.id,
        upload: Some(upload.id),
        file_name: upload.name,
        file_digest: upload.digest,
        format: "csv".to_owned(),
        encoding: None,
        sheet: None,
        mapping: mapping.to_string(),
        dry_run: false,
        total_rows: NOT_SURVEYED,
        started_by: "tester".to_owned(),
    };
    let batch = start_batch(&mut transaction, now, batch).await.unwrap();
    store
        .keys
        .make_and_save(KeyScope::Batch, batch.id)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    batch.id
}

async fn rows_done(server: &TestServer, batch: i64) -> i64 {
    let mut transaction = server.store.database.read().await.unwrap();
    let batch = find_batch(&mut transaction, batch).await.unwrap().unwrap();
    batch.counts.rows_done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_stopped_and_resumed_is_what_was_never_stopped() {
    let text = book(3_500);
    for (stopped, whole) in TestServer::each()
        .await
        .into_iter()
        .zip(TestServer::each().await)
    {
        let token = opened(&whole).await;
        let undisturbed = import(&whole, &token, "book.csv", text.as_bytes()).await;
        let expected = customers(&whole, &token).await;

        let token = opened(&stopped).await;
        let upload = upload(&stopped, &token, "book.csv", text.as_bytes()).await;
        let batch = begun(&stopped, upload.parse().unwrap(), Some("编号")).await;
        for stop_after in [1, 1_000, 2_000] {
            let store = stopped.store.clone();
            let running = tokio::spawn(async move { run_batch(&store, batch).await });
            while rows_done(&stopped, batch).await < stop_after && !running.is_finished() {
                tokio::task::yield_now().await;
            }
            running.abort();
            // It ended one way or the other; how, is what the store says.
            drop(running.await);
            let mut transaction = stopped.store.database.write().await.unwrap();
            mark_interrupted(&mut transaction, server::clock::now())
                .await
                .unwrap();
            transaction.commit().await.unwrap();
            let (mut transaction, _) = stopped.store.write().await.unwrap();
            let found = find_batch(&mut transaction, batch).await.unwrap().unwrap();
            if found.state == server::intake::BatchState::Interrupted {
                let mut found = found;
                server::intake::resume_batch(&mut transaction, 1, "tester", &mut found)
                    .await
                    .unwrap();
            }
            transaction.commit().await.unwrap();
        }
        let mut transaction = stopped.store.database.write().await.unwrap();
        mark_interrupted(&mut transaction, server::clock::now())
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let address = format!("/batches/{batch}/resumption");
        let resumed = stopped
            .ask(Method::POST, &address)
            .token(&token)
            .send()
            .await;
        let resumed = resumed.expect(202).json();
        let resumed = ended(&stopped, &token, &resumed["id"]).await;
        assert_eq!(resumed["state"], "finished");
        assert_eq!(counts(&resumed), counts(&undisturbed));
        assert_eq!(customers(&stopped, &token).await, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_write_one_batch_write_each_row_once() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        // Without a key and without a row in quarantine nothing else would notice.
        let text = format!("姓名\n{}", "张三\n".repeat(3_000));
        let upload = upload(&server, &token, "book.csv", text.as_bytes()).await;
        let batch = begun(&server, upload.parse().unwrap(), None).await;
        let both = [0, 1].map(|_| {
            let store = server.store.clone();
            tokio::spawn(async move { run_batch(&store, batch).await })
        });
        for run in both {
            run.await.unwrap();
        }
        let address = format!("/batches/{batch}");
        let batch = server.get(&token, &address).await.expect(200).json();
        assert_eq!(batch["state"], "finished", "{batch}");
        assert_eq!(counts(&batch), (3_000, 3_000, 0));
        assert_eq!(customers(&server, &token).await.len(), 3_000);
    }
}

#[tokio::test]
async fn a_batch_is_interrupted_when_its_holder_is_silent_and_not_before() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let upload = upload(&server, &token, "book.csv", book(10).as_bytes()).await;
        let batch = begun(&server, upload.parse().unwrap(), None).await;
        let store = &server.store;
        let (mut transaction, begun_at) = store.write().await.unwrap();
        hold_batch(&mut transaction, store, begun_at, batch)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        // What another server sees some seconds later.
        let state = async |seconds: i64| {
            let mut transaction = store.database.write().await.unwrap();
            let now = begun_at + seconds * 1_000_000;
            mark_interrupted(&mut transaction, now).await.unwrap();
            let found = find_batch(&mut transaction, batch).await.unwrap();
            found.unwrap().state
        };
        assert_eq!(state(59).await, BatchState::Running);
        assert_eq!(state(61).await, BatchState::Interrupted);
        let address = format!("/batches/{batch}/resumption");
        let resumed = server
            .ask(Method::POST, &address)
            .token(&token)
            .send()
            .await;
        assert_eq!(
            resumed.expect(202).json()["rows_done"],
            0,
            "its holder is at it"
        );
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        keep_batches(store).await.unwrap();
        assert_eq!(state(60).await, BatchState::Running);
    }
}
