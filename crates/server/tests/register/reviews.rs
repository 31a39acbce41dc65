//! What is held for review, and what a decision does.

use serde_json::{Value, json};

use crate::book::{FIRST_NUMBER, assert_folded, import, number};
use crate::support::TestServer;

/// Two people with one number and different names: a review.
async fn held(server: &TestServer) -> (String, String) {
    let rows = [
        format!("1,张三,{FIRST_NUMBER},13812345678,"),
        format!("2,李四,{FIRST_NUMBER},,"),
    ];
    import(server, "core", &[&rows[0], &rows[1]]).await;
    let token = server.token(server::access::Role::Steward).await;
    let page = server.get(&token, "/reviews").await.expect(200).json();
    assert_eq!(page["count"], json!({ "value": 1, "exact": true }));
    let review = page["items"][0]["id"].as_str().unwrap().to_owned();
    (token, review)
}

async fn decide(server: &TestServer, token: &str, review: &str, verdict: &str) -> Value {
    let body = json!({ "verdict": verdict, "reason": "看过证件" });
    let address = format!("/reviews/{review}/decision");
    server.post(token, &address, &body).await.expect(200).json()
}

#[tokio::test]
async fn a_review_shows_both_sides_with_how_each_field_agrees() {
    for server in TestServer::each().await {
        let (token, review) = held(&server).await;
        let view = server
            .get(&token, &format!("/reviews/{review}"))
            .await
            .expect(200)
            .json();
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
async fn the_same_joins_them_and_taking_it_back_opens_the_case_again() {
    for server in TestServer::each().await {
        let (token, review) = held(&server).await;
        let decided = decide(&server, &token, &review, "same").await;
        assert_eq!(
            (&decided["state"], &decided["verdict"]),
            (&json!("decided"), &json!("same"))
        );
        assert_eq!(decided["left"]["number"], decided["right"]["number"]);
        assert_folded(&server).await;
        let merges = server
            .get(&token, &format!("/customers/{}/merges", number(1)))
            .await
            .json();
        let merge = merges["items"][0]["id"].as_str().unwrap();
        let undo = format!("/merges/{merge}/undo");
        server
            .post(&token, &undo, &json!({ "reason": "看错" }))
            .await
            .expect(200);
        assert_folded(&server).await;
        let open = server.get(&token, "/reviews").await.json();
        assert_eq!(open["items"][0]["id"], review.as_str());
    }
}

#[tokio::test]
async fn different_keeps_them_apart_whatever_comes_later() {
    for server in TestServer::each().await {
        let (token, review) = held(&server).await;
        decide(&server, &token, &review, "different").await;
        let twice = json!({ "verdict": "same", "reason": "x" });
        let refused = server
            .post(&token, &format!("/reviews/{review}/decision"), &twice)
            .await;
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
