//! What is held for review, and what a decision does.

use domain::resolution::MembershipReason;
use serde_json::{Value, json};
use server::resolution::{NewReview, insert_reviews};

use crate::book::{FIRST_NUMBER, assert_folded, held, import, many_held};
use crate::support::TestServer;

async fn decide(server: &TestServer, token: &str, verdict: &str) -> Value {
    let body = json!({ "verdict": verdict, "reason": "看过证件" });
    let decided = server.post(token, "/reviews/1/decision", &body).await;
    decided.expect(200).json()
}

#[tokio::test]
async fn a_review_shows_both_sides_with_how_each_field_agrees() {
    for server in TestServer::each().await {
        let token = held(&server).await;
        let page = server.get(&token, "/reviews").await.expect(200).json();
        assert_eq!(page["count"], json!({ "value": 1, "exact": true }));
        assert_eq!(page["items"][0]["id"], "1");
        let view = server.get(&token, "/reviews/1").await.expect(200).json();
        assert_eq!(view["state"], "open");
        assert_eq!(view["reason"]["code"], "held_same_resident_id");
        assert_eq!(view["left"]["held"], true);
        let fields: Vec<String> = view["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| {
                format!(
                    "{} {} {} {}",
                    field["attribute"], field["left"], field["right"], field["agreement"]
                )
            })
            .collect();
        assert_eq!(
            fields,
            [
                r#""name" "张三" "李四" "disagrees""#,
                r#""identity_number" "110***********002X" "110***********002X" "agrees""#,
                r#""mobile" "138****5678" null "missing""#,
            ]
        );
    }
}

#[tokio::test]
async fn different_keeps_them_apart_whatever_comes_later() {
    for server in TestServer::each().await {
        let token = held(&server).await;
        decide(&server, &token, "different").await;
        let twice = json!({ "verdict": "same", "reason": "x" });
        let refused = server.post(&token, "/reviews/1/decision", &twice).await;
        assert_eq!(refused.expect(409).code(), "conflict");
        // The second changes the name to that of the first: the number and the name agree now.
        import(&server, "core", &[&format!("2,张三,{FIRST_NUMBER},,")]).await;
        let page = server.get(&token, "/customers").await.json();
        assert_eq!(page["count"]["value"], 2);
        let decided = server.get(&token, "/reviews?state=decided").await.json();
        assert_eq!(decided["items"][0]["verdict"], "different");
        assert_folded(&server).await;
    }
}

/// The numbers of the reviews that a list shows, page by page.
async fn walk(server: &TestServer, token: &str, filter: &str) -> Vec<i64> {
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let address = format!("/reviews?limit=7{filter}{after}");
        let page = server.get(token, &address).await.expect(200).json();
        for item in page["items"].as_array().unwrap() {
            seen.push(item["id"].as_str().unwrap().parse().unwrap());
        }
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return seen,
        }
    }
}

#[tokio::test]
async fn the_queue_comes_by_age_or_by_evidence_page_by_page() {
    for server in TestServer::each().await {
        let token = many_held(&server, 20).await;
        // Pairs beside those that were held, with evidence: 3 and 4 have the same.
        let (mut transaction, now) = server.store.write().await.unwrap();
        let bits = [Some(4.25), None, Some(-3.0), Some(-3.0), Some(17.5)];
        let weighed: Vec<NewReview> = (1..)
            .zip(bits)
            .map(|(series, bits)| NewReview {
                left: series,
                right: series + 20,
                reason: MembershipReason::Proposed,
                bits,
            })
            .collect();
        insert_reviews(&mut transaction, now, &weighed)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let by_age: Vec<i64> = (1..=25).collect();
        assert_eq!(walk(&server, &token, "").await, by_age);
        let strongest = [25, 21, 23, 24];
        let rest = (1..=22).filter(|id| *id != 21);
        let by_evidence: Vec<i64> = strongest.into_iter().chain(rest).collect();
        assert_eq!(walk(&server, &token, "&order=evidence").await, by_evidence);
        let proposed = "&order=evidence&reason=proposed_by_person";
        assert_eq!(walk(&server, &token, proposed).await, [25, 21, 23, 24, 22]);
        let page = server.get(&token, "/reviews?order=evidence").await.json();
        assert_eq!(page["items"][0]["bits"], 17.5);
        let unknown = server.get(&token, "/reviews?reason=nothing").await;
        assert_eq!(unknown.expect(400).json()["field"], "reason");
    }
}

#[tokio::test]
async fn how_many_there_are_is_told_by_state_by_holder_and_by_reason() {
    for server in TestServer::each().await {
        let token = many_held(&server, 5).await;
        decide(&server, &token, "different").await;
        let claim = server.post(&token, "/reviews/2/claim", &json!({})).await;
        claim.expect(200);
        let same = json!({ "verdict": "same", "reason": "x" });
        let proposed = server.post(&token, "/reviews/3/decision", &same).await;
        assert_eq!(proposed.expect(200).json()["state"], "second_opinion");
        let counts = server.get(&token, "/reviews/counts").await.expect(200);
        let counts = counts.json();
        let told = ["open", "free", "mine", "second_opinion", "decided"];
        let told = told.map(|name| counts[name]["value"].as_i64().unwrap());
        assert_eq!(told, [3, 2, 1, 1, 1]);
        assert_eq!(
            counts["reasons"][0]["reason"]["code"],
            "held_same_resident_id"
        );
        assert_eq!(counts["reasons"][0]["count"], 3);
        let overview = server.get(&token, "/overview").await.json();
        assert_eq!(overview["reviews_open"], 4);
    }
}
