//! Sources and declarations over HTTP.

use axum::http::{Method, header};
use serde_json::{Value, json};
use server::access::Role;
use server::register::refold_source;

use crate::book::{assert_folded, number, with_three};
use crate::support::TestServer;

fn said(code: &str, trust: u8) -> Value {
    json!({
        "code": code, "name": "核心系统", "channel": "counter", "owner": "运营部",
        "trust": trust, "purpose": "客户管理", "legal_basis": "合同",
    })
}

#[tokio::test]
async fn a_source_is_declared_once_and_listed_with_what_it_brought() {
    for server in TestServer::each().await {
        with_three(&server).await;
        let token = server.token(Role::Administrator).await;
        let made = server
            .post(&token, "/sources", &said("branch", 60))
            .await
            .expect(201);
        assert_eq!(made.json()["records"], 0);
        let twice = server.post(&token, "/sources", &said("branch", 60)).await;
        assert_eq!(twice.expect(409).code(), "source_exists");
        let wrong = server.post(&token, "/sources", &said("other", 101)).await;
        let wrong = wrong.expect(400).json();
        assert_eq!(wrong["field"], "trust");
        let title = json!({ "zh": "可信度应为 0 至 100", "en": "trust is 0 to 100" });
        assert_eq!(wrong["title"], title);
        let page = server.get(&token, "/sources").await.expect(200).json();
        let listed: Vec<String> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|source| {
                format!(
                    "{} {} {}",
                    source["code"], source["records"], source["columns_unknown"]
                )
            })
            .collect();
        assert_eq!(
            listed,
            [
                r#""branch" 0 []"#,
                r#""core" 3 [{"column":"星座"}]"#,
                r#""crm" 1 [{"column":"星座"}]"#
            ]
        );
    }
}

#[tokio::test]
async fn who_changes_a_source_must_have_seen_it() {
    for server in TestServer::each().await {
        let token = server.token(Role::Administrator).await;
        let made = server.post(&token, "/sources", &said("branch", 60)).await;
        let tag = made.header(header::ETAG).to_owned();
        let put = async |tag: &str, trust: u8| {
            let asked = server.ask(Method::PUT, "/sources/branch").token(&token);
            let asked = asked.header(header::IF_MATCH, tag);
            asked.json(&said("branch", trust)).send().await
        };
        let changed = put(&tag, 70).await.expect(200);
        assert_eq!(changed.json()["trust"], 70);
        assert_eq!(
            put(&tag, 80).await.expect(412).code(),
            "precondition_failed"
        );
        put(changed.header(header::ETAG), 80).await.expect(200);
        let read = server.get(&token, "/sources/branch").await.expect(200);
        put(read.header(header::ETAG), 90).await.expect(200);
        let unknown = server.get(&token, "/sources/nowhere").await.expect(404);
        assert_eq!(unknown.code(), "unknown_source");
    }
}

#[tokio::test]
async fn another_trust_decides_anew_between_records() {
    for server in TestServer::each().await {
        with_three(&server).await;
        let token = server.token(Role::Administrator).await;
        let view = async || {
            let address = format!("/customers/{}", number(1));
            server.get(&token, &address).await.expect(200).json()
        };
        assert_eq!(view().await["name"], "張三");
        let (transaction, before) = server.store.write().await.unwrap();
        transaction.commit().await.unwrap();
        let mut core = said("core", 95);
        core["channel"] = "other_system".into();
        let asked = server.ask(Method::PUT, "/sources/core").token(&token);
        asked.json(&core).send().await.expect(200);
        // The server does so by itself; doing it here too only says when it is done.
        refold_source(&server.store, "core").await.unwrap();
        assert_eq!(view().await["name"], "张三");
        assert_folded(&server).await;
        let list = server.get(&token, "/customers?order=name").await.json();
        assert_eq!(list["items"][2]["name"], "张三");
        // Who was believed then is believed in a view of then.
        let before = server::clock::rfc3339(before);
        let address = format!("/customers/{}?as_of={before}", number(1));
        let then = server.get(&token, &address).await.expect(200).json();
        assert_eq!(then["name"], "張三");
    }
}

#[tokio::test]
async fn the_dictionary_says_what_is_declared() {
    let server = TestServer::embedded().await;
    let token = server.token(Role::Clerk).await;
    let dictionary = server.get(&token, "/attributes").await.expect(200).json();
    let mobile = dictionary["attributes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|attribute| attribute["name"] == "mobile");
    let expected = json!({
        "id": 19, "name": "mobile", "label": { "zh": "手机号码", "en": "mobile phone" },
        "group": "contact", "type": "mobile", "class": "sensitive", "multiple": true, "kinds": [],
        "lookup": ["exact", "last_four", "prefix_seven"],
    });
    assert_eq!(mobile, Some(&expected));
}
