//! Corrections at the desk are records of their own.

use serde_json::{Value, json};

use crate::book::{assert_folded, number, with_three};
use crate::support::{Answer, TestServer};

async fn correct(server: &TestServer, token: &str, attributes: Value, reason: &str) -> Answer {
    let body = json!({ "attributes": attributes, "reason": reason });
    let address = format!("/customers/{}/corrections", number(2));
    server.post(token, &address, &body).await
}

#[tokio::test]
async fn a_correction_is_believed_more_than_files_and_says_who_made_it() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let outcome = correct(&server, &token, json!({ "name": "李思" }), "客户来电").await;
        let outcome = outcome.expect(201).json();
        assert_eq!(outcome["customer"], number(2).as_str());
        correct(&server, &token, json!({ "name": "李斯" }), "再次核对")
            .await
            .expect(201);
        assert_folded(&server).await;
        let view = server
            .get(&token, &format!("/customers/{}", number(2)))
            .await
            .json();
        assert_eq!(
            (&view["name"], &view["kind"]),
            (&json!("李斯"), &json!("person"))
        );
        let address = format!("/customers/{}/provenance?attribute=name", number(2));
        let said = server.get(&token, &address).await.json();
        assert_eq!(
            (&said["winner"]["source"], &said["winner"]["clerk"]),
            (&json!("desk"), &json!("steward"))
        );
        let why = |place: usize| said["losers"][place]["lost_because"]["en"].clone();
        assert_eq!(why(0), "the other value was observed later");
        assert_eq!(why(1), "the other source is trusted more");
        let found = server
            .post(&token, "/customers/search", &json!({ "text": "李斯" }))
            .await;
        assert_eq!(found.json()["items"][0]["number"], number(2).as_str());
    }
}

#[tokio::test]
async fn a_wrong_correction_names_what_is_wrong_and_writes_nothing() {
    let server = TestServer::embedded().await;
    let token = with_three(&server).await;
    let unknown = correct(&server, &token, json!({ "shoe_size": "42" }), "x").await;
    assert_eq!(unknown.expect(400).code(), "unknown_attribute");
    let empty = correct(&server, &token, json!({}), "x").await.expect(400);
    assert_eq!(empty.json()["field"], "attributes");
    let silent = correct(&server, &token, json!({ "name": "李斯" }), " ")
        .await
        .expect(400);
    assert_eq!(silent.json()["field"], "reason");
    let kind = correct(&server, &token, json!({ "party_kind": "alien" }), "x").await;
    kind.expect(400);
    let address = format!("/customers/{}/records", number(2));
    let records = server.get(&token, &address).await.json();
    assert_eq!(records["count"]["value"], 1);
}
