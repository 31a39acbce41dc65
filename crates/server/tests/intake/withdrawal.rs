//! A batch is taken back as a whole.

use serde_json::{Value, json};
use server::access::Role;

use crate::office::{FIRST_NUMBER, actions, counts, customers, import, opened};
use crate::support::TestServer;

async fn withdraw(server: &TestServer, token: &str, batch: &Value) -> Value {
    let address = format!("/batches/{}/withdrawal", batch["id"].as_str().unwrap());
    let answer = server
        .post(token, &address, &json!({ "reason": "发错了文件" }))
        .await;
    answer.expect(200).json()
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
