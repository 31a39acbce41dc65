//! A write that is sent again is not done again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::post;
use axum::{Extension, Router, middleware};
use server::http::{Caller, idempotency};
use tokio::sync::Semaphore;

use crate::support::{Answer, TestServer, answer};

/// A register of one operation: counts how often it was done, and may be told to wait or to fail.
#[derive(Clone)]
struct Counter {
    done: Arc<AtomicU64>,
    gate: Arc<Semaphore>,
}

impl Counter {
    fn new() -> Self {
        Self {
            done: Arc::default(),
            gate: Arc::new(Semaphore::new(1_000)),
        }
    }

    fn app(&self, server: &TestServer, account: i64) -> Router {
        let (work, failure, refusal) = (self.clone(), self.clone(), self.clone());
        let layer = middleware::from_fn_with_state(server.store.clone(), idempotency::once);
        Router::new()
            .route(
                "/work",
                post(async move |body: String| work.work(body).await),
            )
            .route(
                "/failure",
                post(async move || failure.end(StatusCode::BAD_GATEWAY)),
            )
            .route(
                "/refusal",
                post(async move || refusal.end(StatusCode::CONFLICT)),
            )
            .layer(layer)
            .layer(Extension(Caller(account)))
    }

    async fn work(&self, body: String) -> String {
        let permit = self.gate.acquire().await.unwrap();
        drop(permit);
        let number = self.done.fetch_add(1, Ordering::SeqCst) + 1;
        format!("张三 {body} {number}")
    }

    fn end(&self, status: StatusCode) -> StatusCode {
        self.done.fetch_add(1, Ordering::SeqCst);
        status
    }

    fn done(&self) -> u64 {
        self.done.load(Ordering::SeqCst)
    }
}

async fn send(app: &Router, address: &str, key: &str, body: &'static str) -> Answer {
    let request = Request::post(address)
        .header("idempotency-key", key)
        .header("content-type", "application/json")
        .body(Body::from(body))
        .unwrap();
    answer(app.clone(), request).await
}

#[tokio::test]
async fn a_repeated_write_gets_the_first_answer_and_changes_nothing() {
    for server in TestServer::each().await {
        let counter = Counter::new();
        let app = counter.app(&server, 1);
        let first = send(&app, "/work", "k", "a").await.expect(200);
        let second = send(&app, "/work", "k", "a").await.expect(200);
        assert_eq!(first.bytes, second.bytes);
        assert_eq!(
            first.headers["content-type"],
            second.headers["content-type"]
        );
        assert_eq!(counter.done(), 1);
    }
}

#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_account() {
    let server = TestServer::embedded().await;
    let counter = Counter::new();
    let app = counter.app(&server, 1);
    send(&app, "/work", "k", "a").await.expect(200);
    let conflict = send(&app, "/work", "k", "b").await.expect(409);
    assert_eq!(conflict.code(), "idempotency_conflict");
    let elsewhere = send(&app, "/refusal", "k", "a").await.expect(409);
    assert_eq!(elsewhere.code(), "idempotency_conflict");
    send(&counter.app(&server, 2), "/work", "k", "b")
        .await
        .expect(200);
    assert_eq!(counter.done(), 2);
}

#[tokio::test]
async fn of_many_at_the_same_time_one_is_done() {
    for server in TestServer::each().await {
        let counter = Counter::new();
        let app = counter.app(&server, 1);
        let sent: Vec<_> = (0..8)
            .map(|_| {
                let app = app.clone();
                tokio::spawn(async move { send(&app, "/work", "k", "a").await })
            })
            .collect();
        for answer in sent {
            let answer = answer.await.unwrap();
            assert!(
                answer.status == 200 || answer.code() == "request_in_progress",
                "{answer:?}"
            );
        }
        assert_eq!(counter.done(), 1);
    }
}

async fn kept_keys(server: &TestServer) -> i64 {
    let mut transaction = server.store.database.read().await.unwrap();
    let count = transaction
        .fetch_one("select count(*) from idempotency", [])
        .await;
    count.unwrap().integer(0).unwrap()
}

#[tokio::test]
async fn a_caller_that_hangs_up_does_not_stop_the_work() {
    let server = TestServer::embedded().await;
    let counter = Counter::new();
    let app = counter.app(&server, 1);
    let held = counter
        .gate
        .clone()
        .acquire_many_owned(1_000)
        .await
        .unwrap();
    let caller = {
        let app = app.clone();
        tokio::spawn(async move { send(&app, "/work", "k", "a").await })
    };
    while kept_keys(&server).await == 0 {
        tokio::task::yield_now().await;
    }
    caller.abort();
    assert!(caller.await.is_err());
    drop(held);
    let answer = loop {
        let answer = send(&app, "/work", "k", "a").await;
        if answer.code() != "request_in_progress" {
            break answer;
        }
    };
    answer.expect(200);
    assert_eq!(counter.done(), 1);
}

#[tokio::test]
async fn a_refusal_gives_the_key_back_and_a_failure_does_not() {
    let server = TestServer::embedded().await;
    let counter = Counter::new();
    let app = counter.app(&server, 1);
    send(&app, "/refusal", "r", "a").await.expect(409);
    send(&app, "/refusal", "r", "a").await.expect(409);
    assert_eq!(counter.done(), 2, "a refusal may be tried again");
    send(&app, "/failure", "f", "a").await.expect(502);
    let again = send(&app, "/failure", "f", "a").await.expect(409);
    assert_eq!(again.code(), "request_in_progress");
    assert_eq!(counter.done(), 3, "what failed may have changed something");
}

#[tokio::test]
async fn a_kept_answer_is_sealed_and_forgotten_after_a_day() {
    let server = TestServer::embedded().await;
    send(&Counter::new().app(&server, 1), "/work", "k", "a")
        .await
        .expect(200);
    let mut transaction = server.store.database.write().await.unwrap();
    let row = transaction
        .fetch_one("select sealed_answer from idempotency", [])
        .await
        .unwrap();
    let sealed = row.bytes(0).unwrap();
    assert!(sealed.len() > 40, "the answer is kept");
    assert!(!sealed.windows(6).any(|part| part == "张三".as_bytes()));
    assert_eq!(idempotency_purged(&server, transaction).await, 1);
}

/// Makes what is kept two days old, and purges.
async fn idempotency_purged(server: &TestServer, mut transaction: storage::Transaction) -> u64 {
    let two_days: i64 = 2 * 24 * 60 * 60 * 1_000_000;
    transaction
        .execute(
            "update idempotency set recorded_at = recorded_at - $1",
            [two_days.into()],
        )
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    idempotency::purge(&server.store).await.unwrap()
}
