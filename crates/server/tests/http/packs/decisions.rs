//! Decisions after a merge, and after what they kept was erased.

use serde_json::{Value, json};
use server::access::Role;
use server::protection::KeyScope;

use super::judged::lowered;
use super::{backtested, customers, switched_on};
use crate::support::TestServer;

/// The numbers of all customers, from the oldest.
async fn numbers(server: &TestServer, token: &str) -> Vec<String> {
    let page = server.get(token, "/customers").await.expect(200).json();
    let items = page["items"].as_array().unwrap().iter();
    let mut numbers: Vec<String> = items
        .map(|item| item["number"].as_str().unwrap().to_owned())
        .collect();
    numbers.sort();
    numbers
}

async fn decide(server: &TestServer, token: &str, number: &str) -> Value {
    let address = format!("/customers/{number}/rule-decisions");
    server
        .post(token, &address, &json!({}))
        .await
        .expect(201)
        .json()
}

async fn listed(server: &TestServer, token: &str, number: &str) -> Vec<Value> {
    let address = format!("/customers/{number}/rule-decisions");
    let page = server.get(token, &address).await.expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// Merges a customer into another, with the second person that two names need.
async fn merge(server: &TestServer, token: &str, survivor: &str, absorbed: &str) {
    let address = format!("/customers/{survivor}/merges");
    let body = json!({ "absorbed": absorbed, "reason": "同一人" });
    let merged = server.post(token, &address, &body).await;
    assert!(merged.status.is_success(), "{:?}", merged.json());
    if let Some(review) = merged.json()["review"].as_str() {
        let other = server.token(Role::Administrator).await;
        let address = format!("/reviews/{review}/second-opinion");
        let body = json!({ "agrees": true, "reason": "核对过" });
        server.post(&other, &address, &body).await.expect(200);
    }
}

#[tokio::test]
async fn decisions_about_a_merged_customer_stand_under_the_survivor_with_their_own_number() {
    for server in TestServer::each().await {
        let steward = server.token(Role::Steward).await;
        let administrator = server.token(Role::Administrator).await;
        customers(&server, &administrator, &["王小明", "李四"]).await;
        let numbers = numbers(&server, &steward).await;
        let (one, other) = (&numbers[0], &numbers[1]);
        let first = decide(&server, &steward, one).await;
        let second = decide(&server, &steward, other).await;
        assert_eq!(listed(&server, &steward, one).await.len(), 1);
        merge(&server, &steward, one, other).await;
        for number in [one, other] {
            let found = listed(&server, &steward, number).await;
            let told: Vec<_> = found
                .iter()
                .map(|one| (&one["id"], &one["customer"]))
                .collect();
            let wanted = [(&second["id"], &json!(other)), (&first["id"], &json!(one))];
            assert_eq!(told, wanted);
            assert_eq!(found[0]["judgements"], second["judgements"]);
        }
    }
}

#[tokio::test]
async fn an_erased_decision_is_listed_as_such_and_is_gone() {
    for server in TestServer::each().await {
        let steward = server.token(Role::Steward).await;
        let administrator = server.token(Role::Administrator).await;
        customers(&server, &administrator, &["王小明", "李四"]).await;
        let numbers = numbers(&server, &steward).await;
        let (one, other) = (&numbers[0], &numbers[1]);
        let kept = decide(&server, &steward, one).await;
        let erased = decide(&server, &steward, other).await;
        merge(&server, &steward, one, other).await;
        erase(&server, other).await;
        let found = listed(&server, &steward, one).await;
        assert_eq!(
            (&found[0]["erased"], &found[0]["judgements"]),
            (&json!(true), &json!([]))
        );
        assert_eq!(
            (&found[0]["id"], &found[0]["editions"]),
            (&erased["id"], &erased["editions"])
        );
        assert_eq!(
            (&found[1]["erased"], &found[1]["id"]),
            (&json!(false), &kept["id"])
        );
        let address = format!("/rule-decisions/{}", erased["id"].as_str().unwrap());
        let gone = server.get(&steward, &address).await.expect(410);
        assert_eq!(gone.code(), "decision_erased");
        let replay = format!("{address}/replay");
        server.post(&steward, &replay, &json!({})).await.expect(410);
    }
}

async fn erase(server: &TestServer, number: &str) {
    let number: domain::register::CustomerNumber = number.parse().unwrap();
    let keys = &server.store.keys;
    keys.destroy(KeyScope::Customer, number.sequence())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_sample_of_a_back_test_is_sealed_and_forgotten_with_its_customer() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let administrator = server.token(Role::Administrator).await;
        customers(&server, &administrator, &["王小明", "李四"]).await;
        let base = switched_on(&server, &compliance, &steward).await;
        let draft = lowered(&server, &compliance, &base).await;
        let found = backtested(&server, &compliance, &draft, &json!({})).await;
        let sampled = |found: &Value| {
            found["result"]["rules"][0]["sampled"]
                .as_array()
                .unwrap()
                .len()
        };
        assert_eq!(sampled(&found), 2);
        let mut transaction = server.store.database.read().await.unwrap();
        let row = transaction
            .fetch_one("select result from pack_backtest", [])
            .await
            .unwrap();
        let kept: Value = serde_json::from_str(&row.text(0).unwrap()).unwrap();
        drop(transaction);
        assert_eq!(kept["found"]["rules"][0]["sampled"], json!([]));
        assert!(!kept["samples"].to_string().contains("many"), "{kept}");
        let numbers = numbers(&server, &steward).await;
        erase(&server, &numbers[0]).await;
        let address = format!("/pack-backtests/{}", found["id"].as_str().unwrap());
        let later = server.get(&compliance, &address).await.expect(200).json();
        assert_eq!(sampled(&later), 1);
        assert_eq!(
            later["result"]["rules"][0]["sampled"][0]["customer"],
            json!(numbers[1])
        );
    }
}
