//! Saved views: one's own to change, a colleague's to use, and nothing personal in them.

use axum::http::Method;
use serde_json::{Value, json};
use server::access::Role;

use crate::support::{Answer, TestServer};

const LIST: &str = "/saved-views?list=customers";

fn said(name: &str, shared: bool) -> Value {
    json!({
        "list": "customers", "name": name, "shared": shared, "columns": ["number", "name"],
        "order": "name", "filters": { "kind": "person" },
    })
}

async fn send(server: &TestServer, method: Method, token: &str, id: &str, body: &Value) -> Answer {
    let asked = server.ask(method, &format!("/saved-views/{id}"));
    asked.token(token).json(body).send().await
}

async fn names(server: &TestServer, token: &str) -> Vec<String> {
    let page = server.get(token, LIST).await.expect(200).json();
    let line = |view: &Value| format!("{} of {} {}", view["name"], view["owner"], view["own"]);
    page["items"].as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn a_view_is_kept_for_its_account_and_shared_only_when_it_says_so() {
    for server in TestServer::each().await {
        let clerk = server.token(Role::Clerk).await;
        let steward = server.token(Role::Steward).await;
        let made = server
            .post(&clerk, "/saved-views", &said("我的", false))
            .await
            .expect(201)
            .json();
        assert_eq!(made["filters"], json!({ "kind": "person" }));
        assert_eq!(names(&server, &clerk).await, [r#""我的" of "clerk" true"#]);
        assert!(names(&server, &steward).await.is_empty());
        let id = made["id"].as_str().unwrap();
        send(&server, Method::PUT, &clerk, id, &said("大家的", true))
            .await
            .expect(200);
        assert_eq!(
            names(&server, &steward).await,
            [r#""大家的" of "clerk" false"#]
        );
        for method in [Method::PUT, Method::DELETE] {
            let refused = send(&server, method, &steward, id, &said("x", true)).await;
            assert_eq!(refused.expect(404).code(), "unknown_saved_view");
        }
        send(&server, Method::DELETE, &clerk, id, &Value::Null)
            .await
            .expect(204);
        assert!(names(&server, &clerk).await.is_empty());
    }
}

#[tokio::test]
async fn two_views_of_an_account_have_two_names() {
    for server in TestServer::each().await {
        let clerk = server.token(Role::Clerk).await;
        let steward = server.token(Role::Steward).await;
        let save = async |token: &str, name: &str| {
            let body = said(name, true);
            server.post(token, "/saved-views", &body).await
        };
        save(&clerk, "每日").await.expect(201);
        save(&steward, "每日").await.expect(201);
        let twice = save(&clerk, "每日").await.expect(409);
        assert_eq!(twice.code(), "saved_view_exists");
        let other = save(&clerk, "每周").await.expect(201).json();
        let id = other["id"].as_str().unwrap();
        let renamed = send(&server, Method::PUT, &clerk, id, &said("每日", true)).await;
        assert_eq!(renamed.expect(409).code(), "saved_view_exists");
    }
}

#[tokio::test]
async fn a_view_holds_no_search_and_no_endless_text() {
    let server = TestServer::embedded().await;
    let clerk = server.token(Role::Clerk).await;
    let wrong = [
        ("name", json!("")),
        ("name", json!(" x")),
        ("columns", json!(["x".repeat(65)])),
        ("columns", json!(vec!["x"; 61])),
        ("order", json!("x".repeat(65))),
        ("filters", json!({ "text": "张三" })),
        ("filters", json!({ "kind": "x".repeat(65) })),
    ];
    for (field, value) in wrong {
        let mut body = said("v", false);
        body[field] = value;
        let refused = server.post(&clerk, "/saved-views", &body).await.expect(400);
        assert_eq!(refused.json()["field"], field);
    }
}
