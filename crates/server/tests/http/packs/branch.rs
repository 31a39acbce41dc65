//! Packs of a branch: they judge where a branch is named, and a back-test says as whose it judged the book.

use serde_json::{Value, json};
use server::access::Role;

use super::judged::judgement;
use super::{PACK, RULES, backtested, customers, step, switched_on, today};
use crate::support::TestServer;

/// A pack of the branch `east` in which one source is many.
async fn east(server: &TestServer, token: &str) -> Value {
    let begins = format!("effective_from = {}", today().as_str().unwrap());
    let head = PACK
        .replace("id = \"try\"", "id = \"try-east\"")
        .replace(
            "layer = \"institution\"",
            "layer = \"branch\"\nbranch = \"east\"",
        )
        .replace("effective_from = 2020-01-01", &begins);
    let rules = RULES
        .replace("below = 2", "below = 1")
        .replace("from = 2", "from = 1")
        .replacen("\"customer.records\" = 1", "\"customer.records\" = 0", 1);
    let files = json!({ "files": { "pack.toml": head, "rules.toml": rules } });
    let draft = server.post(token, "/pack-editions", &files).await;
    draft.expect(201).json()
}

#[tokio::test]
async fn rules_of_a_branch_judge_where_it_is_named_and_are_replayed() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let administrator = server.token(Role::Administrator).await;
        customers(&server, &administrator, &["王小明"]).await;
        switched_on(&server, &compliance, &steward).await;
        let draft = east(&server, &compliance).await;
        assert_eq!(draft["check"]["problems"], json!([]));
        step(&server, &compliance, &draft, "propose")
            .await
            .expect(200);
        step(&server, &steward, &draft, "approve").await.expect(200);
        let page = server.get(&steward, "/customers").await.expect(200).json();
        let number = page["items"][0]["number"].as_str().unwrap();
        let address = format!("/customers/{number}/rule-decisions");
        let decide = async |wanted: Value| server.post(&steward, &address, &wanted).await;
        let general = decide(json!({})).await.expect(201).json();
        assert_eq!(judgement(&general["judgements"])["outcome"], "few");
        assert_eq!(general["branch"], Value::Null);
        let own = decide(json!({ "branch": "east" })).await.expect(201).json();
        let judged = judgement(&own["judgements"]);
        assert_eq!(
            (&judged["outcome"], &judged["pack"]),
            (&json!("many"), &json!("try-east"))
        );
        assert_eq!(judged["outcome_label"], json!({ "zh": "多", "en": "many" }));
        let refused = decide(json!({ "branch": " " })).await.expect(400);
        assert_eq!(refused.json()["field"], "branch");
        let address = format!("/rule-decisions/{}", own["id"].as_str().unwrap());
        assert_eq!(server.get(&steward, &address).await.expect(200).json(), own);
        let replay = format!("{address}/replay");
        let replayed = server.post(&steward, &replay, &json!({})).await.expect(200);
        assert_eq!(replayed.json(), json!({ "same": true, "today": [] }));
    }
}

#[tokio::test]
async fn a_back_test_for_a_branch_says_that_it_took_the_whole_book_for_its_own() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let administrator = server.token(Role::Administrator).await;
        customers(&server, &administrator, &["王小明", "李四"]).await;
        let base = switched_on(&server, &compliance, &steward).await;
        let draft = east(&server, &compliance).await;
        let found = backtested(&server, &compliance, &draft, &json!({})).await;
        assert_eq!(found["result"]["branch"], "east");
        let step = json!({ "from": "few", "to": "many", "customers": 2 });
        assert_eq!(found["result"]["rules"][0]["matrix"], json!([step]));
        let address = format!("/pack-editions/{}/backtests", draft["id"].as_str().unwrap());
        let other = json!({ "branch": "west" });
        let refused = server.post(&compliance, &address, &other).await.expect(400);
        assert_eq!(refused.json()["field"], "branch");
        let west = backtested(&server, &compliance, &base, &other).await;
        assert_eq!(west["result"]["branch"], "west");
    }
}
