//! Withdrawing a batch takes back what it brought, and nothing else.

use serde_json::json;
use server::register::retire_batch;

use crate::book::{FIRST_NUMBER, assert_folded, import, number, with_three};
use crate::support::TestServer;

async fn withdraw(server: &TestServer, batch: i64) -> u64 {
    let (mut transaction, now) = server.store.write().await.unwrap();
    let all = (1, 1_000);
    let retired = retire_batch(&mut transaction, &server.store, now, batch, all).await;
    transaction.commit().await.unwrap();
    retired.unwrap()
}

#[tokio::test]
async fn withdrawing_a_batch_leaves_what_would_be_without_it() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let view = async |sequence: i64| {
            let address = format!("/customers/{}", number(sequence));
            server.get(&token, &address).await.expect(200).json()
        };
        let before = (view(1).await, view(2).await);
        let changed = format!("9,张三,{FIRST_NUMBER},13600000000,");
        let report = import(
            &server,
            "core",
            &["2,赵四,,13700000000,", "4,新人,,,", &changed],
        )
        .await;
        assert_ne!(view(2).await, before.1);
        let batch = report.batch.unwrap().parse().unwrap();
        assert_eq!(withdraw(&server, batch).await, 3);
        assert_folded(&server).await;
        assert_eq!((view(1).await, view(2).await), before);
        assert_eq!(withdraw(&server, batch).await, 0);
        let list = server.get(&token, "/customers").await.json();
        assert_eq!(list["count"]["value"], 3);
        for gone in ["新人", "赵四", "13700000000", "13600000000"] {
            let found = server
                .post(&token, "/customers/search", &json!({ "text": gone }))
                .await;
            assert_eq!(found.json()["items"], json!([]), "{gone}");
        }
    }
}

#[tokio::test]
async fn what_was_withdrawn_may_be_told_again() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        assert_eq!(withdraw(&server, 1).await, 3);
        assert_folded(&server).await;
        import(&server, "core", &["2,李四,,13987654321,白羊", "8,别人,,,"]).await;
        assert_folded(&server).await;
        let found = server
            .post(
                &token,
                "/customers/search",
                &json!({ "text": "13987654321" }),
            )
            .await;
        assert_eq!(found.json()["items"][0]["name"], "李四");
    }
}
