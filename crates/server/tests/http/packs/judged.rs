//! What rules say of customers: back-tests of a draft, and decisions that can be made again.

use serde_json::{Value, json};
use server::access::Role;

use super::{backtested, change, customers, edit, step, switched_on};
use crate::support::TestServer;

/// A draft of the pack in which one source is many.
pub(super) async fn lowered(server: &TestServer, token: &str, base: &Value) -> Value {
    let wanted = json!({ "base": base["id"] });
    let draft = server.post(token, "/pack-editions", &wanted).await;
    let draft = draft.expect(201).json();
    let given = json!(["bands", 0, "example", 0, "given", "customer.records"]);
    let edits = [
        edit(&json!(["bands", 0, "band", 0, "below"]), &json!(1)),
        edit(&json!(["bands", 0, "band", 1, "from"]), &json!(1)),
        edit(&given, &json!(0)),
    ];
    change(server, token, &draft, &edits)
        .await
        .expect(200)
        .json()
}

pub(super) fn judgement(list: &Value) -> Value {
    let mut list = list.as_array().unwrap().clone().into_iter();
    list.find(|judgement| judgement["rule"] == "try-records")
        .unwrap()
}

#[tokio::test]
async fn a_back_test_says_who_would_move_and_why() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let administrator = server.token(Role::Administrator).await;
        customers(&server, &administrator, &["王小明", "李四", "赵六"]).await;
        let base = switched_on(&server, &compliance, &steward).await;
        let draft = lowered(&server, &compliance, &base).await;
        let found = backtested(&server, &compliance, &draft, &json!({})).await;
        assert_eq!(found["result"]["rules"].as_array().unwrap().len(), 1);
        let moved = &found["result"]["rules"][0];
        assert_eq!(
            (&moved["rule"], &moved["moved"]),
            (&json!("try-records"), &json!(3))
        );
        let step = json!({ "from": "few", "to": "many", "customers": 3 });
        assert_eq!(moved["matrix"], json!([step]));
        assert_eq!(moved["sampled"].as_array().unwrap().len(), 3);
        let before = &moved["sampled"][0]["before"];
        assert_eq!(before["reasons"][0]["label"]["zh"], "少");
        assert_eq!(before["outcome_label"]["en"], "few");
        assert_eq!(found["result"]["branch"], Value::Null);
    }
}

#[tokio::test]
async fn a_decision_is_made_again_to_the_byte_and_otherwise_under_other_rules() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let administrator = server.token(Role::Administrator).await;
        customers(&server, &administrator, &["王小明"]).await;
        let base = switched_on(&server, &compliance, &steward).await;
        let page = server.get(&steward, "/customers").await.expect(200).json();
        let number = page["items"][0]["number"].as_str().unwrap();
        let address = format!("/customers/{number}/rule-decisions");
        let made = server
            .post(&steward, &address, &json!({}))
            .await
            .expect(201)
            .json();
        let own = judgement(&made["judgements"]);
        assert_eq!(
            (&own["outcome"], &own["pack"]),
            (&json!("few"), &json!("try"))
        );
        // An age is a value that not everybody may see, and no outcome.
        let mut rules = made["judgements"].as_array().unwrap().iter();
        assert!(rules.all(|judgement| judgement["rule"] != "customer.age"));
        let mut editions = made["editions"].as_array().unwrap().iter();
        assert!(editions.any(|edition| edition["edition"] == base["id"]));
        let replay = format!("/rule-decisions/{}/replay", made["id"].as_str().unwrap());
        let replayed = async || {
            server
                .post(&steward, &replay, &json!({}))
                .await
                .expect(200)
                .json()
        };
        assert_eq!(replayed().await, json!({ "same": true, "today": [] }));
        let draft = lowered(&server, &compliance, &base).await;
        step(&server, &compliance, &draft, "propose")
            .await
            .expect(200);
        step(&server, &steward, &draft, "approve").await.expect(200);
        let again = replayed().await;
        assert_eq!(again["same"], true);
        assert_eq!(judgement(&again["today"])["outcome"], "many");
        let listed = server.get(&steward, &address).await.expect(200).json();
        assert_eq!(listed["items"][0]["judgements"], made["judgements"]);
    }
}
