//! Records that come one by one.

use axum::http::{HeaderName, Method};
use serde_json::{Value, json};

use crate::office::{FIRST_NUMBER, customers, opened};
use crate::support::{Answer, TestServer};

async fn post(server: &TestServer, token: &str, record: Value) -> Answer {
    server.post(token, "/records", &record).await
}

fn person(key: &str, name: &str) -> Value {
    json!({ "source": "core", "key": key,
        "attributes": { "name": name, "identity_number": FIRST_NUMBER } })
}

#[tokio::test]
async fn the_answer_says_what_became_of_a_record_and_why() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let first = post(&server, &token, person("1", "张三"))
            .await
            .expect(201)
            .json();
        assert_eq!(first["outcome"], "new_customer");
        assert_eq!(first["reasons"][0]["code"], "first_record");
        let same = post(&server, &token, person("1", "张三"))
            .await
            .expect(201)
            .json();
        assert_eq!(same["outcome"], "unchanged");
        assert_eq!(same["customer"], first["customer"]);
        let joined = post(&server, &token, person("2", "張三"))
            .await
            .expect(201)
            .json();
        assert_eq!(joined["outcome"], "joined");
        assert_eq!(joined["customer"], first["customer"]);
        assert_eq!(joined["reasons"][0]["code"], "same_resident_id");
        let held = post(&server, &token, person("3", "王五"))
            .await
            .expect(201)
            .json();
        assert_eq!(held["outcome"], "held_for_review");
        assert!(held["review"].is_string(), "{held}");
        let nobody = json!({ "source": "core", "attributes": {} });
        let refused = post(&server, &token, nobody).await.expect(201).json();
        assert_eq!(refused["outcome"], "refused");
        assert_eq!(refused["reasons"][0]["code"], "blank_row");
        assert_eq!(refused["record"], json!(null));
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_understood_names_what_to_correct() {
    let server = TestServer::embedded().await;
    let token = opened(&server).await;
    let with = |change: Value| {
        let mut record = person("1", "张三");
        for (name, value) in change.as_object().unwrap() {
            record[name] = value.clone();
        }
        record
    };
    for (change, code) in [
        (json!({ "source": "nobody" }), "unknown_source"),
        (
            json!({ "attributes": { "shoe_size": "43" } }),
            "unknown_attribute",
        ),
        (
            json!({ "attributes": { "name": ["张三", "李四"] } }),
            "invalid_request",
        ),
        (
            json!({ "attributes": { "name": { "first": "三" } } }),
            "invalid_request",
        ),
        (
            json!({ "attributes": { "name": "a\u{0}b" } }),
            "invalid_request",
        ),
        (json!({ "kind": "robot" }), "unknown_party_kind"),
        (json!({ "observed_at": "yesterday" }), "invalid_request"),
        (json!({ "colour": "red" }), "invalid_request"),
    ] {
        let refused = post(&server, &token, with(change.clone())).await;
        assert_eq!(refused.code(), code, "{change}");
    }
    assert_eq!(customers(&server, &token).await, []);
}

#[tokio::test]
async fn a_column_that_nobody_knows_is_kept_and_found_by_its_whole_value() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let record = json!({ "source": "core", "key": "1", "observed_at": "2026-01-31T08:00:00Z",
            "attributes": { "name": "张三", "mobile": ["13812345678", "13900000000"] },
            "columns": { "会员卡": "VIP-00017" } });
        let made = post(&server, &token, record).await.expect(201).json();
        let wanted = json!({ "text": "vip-00017", "by": "whole_value" });
        let found = server
            .post(&token, "/customers/search", &wanted)
            .await
            .expect(200)
            .json();
        assert_eq!(found["items"][0]["number"], made["customer"]);
    }
}

#[tokio::test]
async fn a_request_that_is_sent_again_is_not_done_again() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let record = json!({ "source": "core", "attributes": { "name": "张三" } });
        let send = || {
            let asked = server
                .ask(Method::POST, "/records")
                .token(&token)
                .json(&record);
            asked
                .header(HeaderName::from_static("idempotency-key"), "7")
                .send()
        };
        let first = send().await.expect(201).json();
        assert_eq!(send().await.expect(201).json(), first);
        assert_eq!(customers(&server, &token).await.len(), 1);
    }
}
