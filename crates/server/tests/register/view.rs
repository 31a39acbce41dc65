//! The view of one customer.

use axum::http::{Method, header};

use crate::book::with_three;
use crate::support::TestServer;

/// Without what differs from run to run.
fn stable(mut view: serde_json::Value) -> serde_json::Value {
    view["created_at"] = "when".into();
    view["etag"] = "tag".into();
    for group in view["groups"].as_array_mut().unwrap() {
        for value in group["values"].as_array_mut().unwrap() {
            value["observed_at"] = "when".into();
        }
    }
    view
}

#[tokio::test]
async fn a_view_says_what_the_records_say_together_and_where_it_comes_from() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let view = server
            .get(&token, "/customers/000000000019")
            .await
            .expect(200);
        insta::assert_json_snapshot!("view_of_the_first", stable(view.json()));
    }
}

#[tokio::test]
async fn an_unchanged_view_is_not_sent_again() {
    let server = TestServer::embedded().await;
    let token = with_three(&server).await;
    let view = server
        .get(&token, "/customers/000000000019")
        .await
        .expect(200);
    let tag = view.header(header::ETAG).to_owned();
    assert_eq!(view.json()["etag"], tag.as_str());
    let asked = server
        .ask(Method::GET, "/customers/000000000019")
        .token(&token);
    asked
        .header(header::IF_NONE_MATCH, &tag)
        .send()
        .await
        .expect(304);
}

#[tokio::test]
async fn a_number_that_is_none_is_told_from_one_that_nobody_has() {
    let server = TestServer::embedded().await;
    let token = with_three(&server).await;
    let mistyped = server
        .get(&token, "/customers/000000000018")
        .await
        .expect(400);
    assert_eq!(mistyped.json()["field"], "number");
    let nobody = domain::register::CustomerNumber::from_sequence(77);
    let unknown = server.get(&token, &format!("/customers/{nobody}")).await;
    assert_eq!(unknown.expect(404).code(), "unknown_customer");
}
