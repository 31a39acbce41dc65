//! Merges and un-merges, alone and in random sequences.

use serde_json::{Value, json};

use crate::book::{assert_folded, number, with_three};
use crate::support::TestServer;

async fn merge(server: &TestServer, token: &str, into: i64, absorbed: i64) -> Value {
    let body = json!({ "absorbed": number(absorbed), "reason": "同一人" });
    let address = format!("/customers/{}/merges", number(into));
    server.post(token, &address, &body).await.expect(201).json()
}

async fn undo(server: &TestServer, token: &str, merge: &Value) -> Value {
    let address = format!("/merges/{}/undo", merge["merge"].as_str().unwrap());
    let body = json!({ "reason": "认错人" });
    server.post(token, &address, &body).await.expect(200).json()
}

#[tokio::test]
async fn the_older_number_goes_on_and_the_other_redirects() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let merged = merge(&server, &token, 2, 1).await;
        assert_eq!(merged["survivor"], number(1).as_str());
        assert_folded(&server).await;
        let view = server
            .get(&token, &format!("/customers/{}", number(2)))
            .await
            .expect(200)
            .json();
        assert_eq!(view["number"], number(1).as_str());
        assert_eq!(view["redirected_from"], number(2).as_str());
        assert_eq!(view["merged_numbers"], json!([number(2)]));
        assert_eq!(view["records_count"], 3);
        let page = server.get(&token, "/customers").await.json();
        assert_eq!(page["count"]["value"], 2);
    }
}

#[tokio::test]
async fn a_merge_taken_back_gives_both_their_views_again() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let view = async |sequence| {
            let address = format!("/customers/{}", number(sequence));
            server.get(&token, &address).await.expect(200).json()
        };
        let before = (view(1).await, view(2).await);
        let merged = merge(&server, &token, 1, 2).await;
        let undone = undo(&server, &token, &merged).await;
        assert!(undone["undone_at"].is_string());
        assert_folded(&server).await;
        assert_eq!((view(1).await, view(2).await), before);
        let again = format!("/merges/{}/undo", merged["merge"].as_str().unwrap());
        let refused = server.post(&token, &again, &json!({ "reason": "x" })).await;
        assert_eq!(refused.expect(409).code(), "conflict");
        let listed = server
            .get(&token, &format!("/customers/{}/merges", number(2)))
            .await;
        let listed = listed.expect(200).json();
        assert_eq!(listed["items"][0]["absorbed"], number(2).as_str());
        assert_eq!(listed["items"][0]["actor"], "steward");
    }
}

#[tokio::test]
async fn what_cannot_be_merged_is_refused_and_says_why() {
    let server = TestServer::embedded().await;
    let token = with_three(&server).await;
    let address = format!("/customers/{}/merges", number(1));
    let ask = async |absorbed: i64, reason: &str| {
        let body = json!({ "absorbed": number(absorbed), "reason": reason });
        server.post(&token, &address, &body).await
    };
    assert_eq!(ask(1, "x").await.expect(400).json()["field"], "absorbed");
    assert_eq!(ask(2, " ").await.expect(400).json()["field"], "reason");
    assert_eq!(ask(99, "x").await.expect(404).code(), "unknown_customer");
    let refused = server
        .post(&token, "/merges/7/undo", &json!({ "reason": "x" }))
        .await;
    assert_eq!(refused.expect(404).code(), "unknown_merge");
    assert_folded(&server).await;
}

#[tokio::test]
async fn the_timeline_tells_what_happened_newest_first_in_pages() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let merged = merge(&server, &token, 1, 2).await;
        undo(&server, &token, &merged).await;
        let body = json!({ "attribute": "mobile", "purpose": "service" });
        let address = format!("/customers/{}/disclosures", number(1));
        server.post(&token, &address, &body).await.expect(200);
        let mut told = Vec::new();
        let mut after = String::new();
        loop {
            let address = format!("/customers/{}/timeline?limit=2{after}", number(1));
            let page = server.get(&token, &address).await.expect(200).json();
            for entry in page["items"].as_array().unwrap() {
                let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
                told.push(format!(
                    "{} {} {}",
                    text(&entry["kind"]),
                    text(&entry["actor"]),
                    text(&entry["text"]["en"])
                ));
            }
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        insta::assert_snapshot!("timeline", told.join("\n"));
    }
}
