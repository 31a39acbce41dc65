//! A batch is taken back as a whole.

use serde_json::{Value, json};
use server::access::Role;

use server::intake::{Withdrawal, end_leases, find_batch, hold_batch};
use server::pipeline::{Imports, look_after_batches, run_batch};

use crate::office::{FIRST_NUMBER, actions, counts, customers, ended, import, opened};
use crate::support::TestServer;

async fn withdraw(server: &TestServer, token: &str, batch: &Value) -> Value {
    let address = format!("/batches/{}/withdrawal", batch["id"].as_str().unwrap());
    let answer = server
        .post(token, &address, &json!({ "reason": "发错了文件" }))
        .await;
    answer.expect(202);
    ended(server, token, &batch["id"]).await
}

async fn view(server: &TestServer, token: &str, number: &str) -> Value {
    let address = format!("/customers/{number}");
    let mut view = server.get(token, &address).await.expect(200).json();
    // The tag tells one state from another, not one content.
    view["etag"] = json!(null);
    view
}

#[tokio::test]
async fn customers_are_what_they_were_without_the_batch() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let first = format!("编号,姓名,证件号码,手机号码\n1,张三,{FIRST_NUMBER},13812345678\n");
        import(&server, &token, "first.csv", first.as_bytes()).await;
        let before = customers(&server, &token).await;
        let seen = view(&server, &token, &before[0].0).await;
        let second = format!(
            "编号,姓名,证件号码,手机号码\n2,张三,{FIRST_NUMBER},13700001111\n\
             3,李四,,13900001111\n1,张三,{FIRST_NUMBER},13600001111\n"
        );
        let batch = import(&server, &token, "second.csv", second.as_bytes()).await;
        assert_eq!(counts(&batch), (3, 3, 0));
        assert_eq!(customers(&server, &token).await.len(), 2);
        let withdrawn = withdraw(&server, &token, &batch).await;
        assert_eq!(withdrawn["state"], "withdrawn");
        assert_eq!(withdrawn["withdrawn_records"], 3);
        assert_eq!(customers(&server, &token).await, before);
        assert_eq!(view(&server, &token, &before[0].0).await, seen);
        assert_eq!(
            withdraw(&server, &token, &batch).await,
            withdrawn,
            "twice is once"
        );
        let again = import(&server, &token, "second.csv", second.as_bytes()).await;
        assert_ne!(again["id"], batch["id"]);
        assert_eq!(counts(&again), (3, 3, 0));
        let names: Vec<String> = customers(&server, &token)
            .await
            .into_iter()
            .map(|row| row.1)
            .collect();
        assert_eq!(names.len(), 2, "{names:?}");
        let done = actions(&server).await;
        assert_eq!(
            done.iter()
                .filter(|action| *action == "batch.withdrawn")
                .count(),
            1
        );
    }
}

#[tokio::test]
async fn a_clerk_cannot_take_a_batch_back_and_nobody_a_dry_run() {
    let server = TestServer::embedded().await;
    let token = opened(&server).await;
    let batch = import(&server, &token, "a.csv", "编号,姓名\n1,张三\n".as_bytes()).await;
    let clerk = server.token(Role::Clerk).await;
    let address = format!("/batches/{}/withdrawal", batch["id"].as_str().unwrap());
    let refused = server
        .post(&clerk, &address, &json!({ "reason": "x" }))
        .await;
    assert_eq!(refused.code(), "forbidden");
    let unknown = server
        .post(&token, "/batches/99/withdrawal", &json!({ "reason": "x" }))
        .await;
    assert_eq!(unknown.code(), "unknown_batch");
}

fn names(rows: usize) -> String {
    let rows: Vec<String> = (0..rows).map(|row| format!("{row},客户{row}")).collect();
    format!("编号,姓名\n{}\n", rows.join("\n"))
}

async fn withdrawal(server: &TestServer, batch: i64) -> (String, Option<Withdrawal>) {
    let mut transaction = server.store.database.read().await.unwrap();
    let batch = find_batch(&mut transaction, batch).await.unwrap().unwrap();
    (batch.state.name().to_owned(), batch.withdrawal)
}

/// Notes that a batch is being withdrawn, as a server does that dies right after it.
async fn begin(server: &TestServer, batch: i64) {
    let (mut transaction, now) = server.store.write().await.unwrap();
    let found = find_batch(&mut transaction, batch).await.unwrap().unwrap();
    let begun = server::intake::begin_withdrawal(&mut transaction, now, "li", &found, "发错了文件");
    begun.await.unwrap();
    hold_batch(&mut transaction, &server.store, now, batch)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_that_was_cut_off_goes_on_where_it_stopped() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let batch = import(&server, &token, "a.csv", names(1_000).as_bytes()).await;
        let id: i64 = batch["id"].as_str().unwrap().parse().unwrap();
        begin(&server, id).await;
        let running = tokio::spawn({
            let store = server.store.clone();
            async move { run_batch(&store, id).await }
        });
        while withdrawal(&server, id).await.1.unwrap().records == 0 && !running.is_finished() {
            tokio::task::yield_now().await;
        }
        running.abort();
        drop(running.await);
        let (_, cut_off) = withdrawal(&server, id).await;
        assert!(cut_off.unwrap().records >= 250);
        run_batch(&server.store, id).await;
        let (state, done) = withdrawal(&server, id).await;
        let done = done.unwrap();
        assert_eq!(
            (state.as_str(), done.records, done.actor.as_str()),
            ("withdrawn", 1_000, "li")
        );
        assert!(customers(&server, &token).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_starts_goes_on_with_a_withdrawal_that_nobody_works_at() {
    let server = TestServer::embedded().await;
    let token = opened(&server).await;
    let batch = import(&server, &token, "a.csv", names(10).as_bytes()).await;
    let id: i64 = batch["id"].as_str().unwrap().parse().unwrap();
    begin(&server, id).await;
    let row = server
        .get(&token, &format!("/batches/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&row["state"], &row["withdrawn_records"]),
        (&json!("withdrawing"), &json!(0))
    );
    end_leases(&server.store).await.unwrap();
    let watch = tokio::spawn(look_after_batches(server.store.clone(), Imports::default()));
    assert_eq!(
        ended(&server, &token, &batch["id"]).await["state"],
        "withdrawn"
    );
    watch.abort();
}
