//! Search by every key that a record can be found under.

use serde_json::{Value, json};

use crate::book::{FIRST_NUMBER, import, with_three};
use crate::support::TestServer;

async fn search(server: &TestServer, token: &str, body: Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut body = body;
    loop {
        let page = server
            .post(token, "/customers/search", &body)
            .await
            .expect(200)
            .json();
        for row in page["items"].as_array().unwrap() {
            let matched = &row["matched"];
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            found.push(format!(
                "{} by {} {} {}",
                row["name"].as_str().unwrap(),
                text(&matched["by"]),
                text(&matched["attribute"]),
                text(&matched["text"]),
            ));
        }
        if page["next"].is_null() {
            return found;
        }
        body["after"] = page["next"].clone();
    }
}

#[tokio::test]
async fn a_customer_is_found_by_whatever_somebody_knows_of_him() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let mut found = Vec::new();
        for text in [
            "000000000019",
            FIRST_NUMBER,
            "110105491231002",
            "+86 138 1234 5678",
            "5678",
            "002x",
            "1381234",
            "张",
            "張三",
            "zhangs",
            "zs",
            "john s",
            "js",
            "e1234567",
            "白羊",
            "A",
            "nobody at all",
        ] {
            let hits = search(&server, &token, json!({ "text": text })).await;
            found.push(format!("{text}: {}", hits.join(", ")));
        }
        insta::assert_snapshot!(found.join("\n"));
    }
}

#[tokio::test]
async fn a_way_that_is_asked_for_is_the_only_one() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let by = |by: &str| json!({ "text": "5678", "by": by });
        assert_eq!(search(&server, &token, by("last_four")).await.len(), 1);
        assert!(search(&server, &token, by("phone")).await.is_empty());
        assert!(search(&server, &token, by("name")).await.is_empty());
    }
}

#[tokio::test]
async fn pages_visit_everybody_once_however_many_records_lead_there() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let rows: Vec<String> = (10..40)
            .map(|key| format!("{key},张{key}三,,,狮子"))
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        import(&server, "core", &rows).await;
        for limit in [1, 7, 500] {
            let found = search(&server, &token, json!({ "text": "张", "limit": limit })).await;
            assert_eq!(found.len(), 31, "{limit}");
            let found = search(&server, &token, json!({ "text": "狮子", "limit": limit })).await;
            assert_eq!(found.len(), 32, "{limit}");
        }
    }
}

#[tokio::test]
async fn a_search_needs_the_permission_and_a_text_of_some_length_finds_nobody() {
    let server = TestServer::embedded().await;
    let token = with_three(&server).await;
    let operator = server.token(server::access::Role::Operator).await;
    let body = json!({ "text": "张" });
    let refused = server.post(&operator, "/customers/search", &body).await;
    assert_eq!(refused.expect(403).code(), "forbidden");
    for text in ["", " ", &"张".repeat(300)] {
        assert!(
            search(&server, &token, json!({ "text": text }))
                .await
                .is_empty()
        );
    }
}
