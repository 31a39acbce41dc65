//! Signing in, being recognised, signing out.

use axum::http::{HeaderName, Method, header};
use serde_json::json;
use server::access::{self, Actor, Role};

use crate::support::{Answer, PASSWORD, TestServer};

const OWN_REQUEST: HeaderName = HeaderName::from_static("x-hubu-request");

async fn sign_in(server: &TestServer, name: &str, password: &str) -> Answer {
    let body = json!({ "name": name, "password": password });
    let asked = server.ask(Method::POST, "/sessions").json(&body);
    asked.send().await
}

#[tokio::test]
async fn the_cookie_of_a_session_is_out_of_reach_for_scripts_and_other_sites() {
    for server in TestServer::each().await {
        server.token(Role::Clerk).await;
        let answer = sign_in(&server, "clerk", PASSWORD).await.expect(201);
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        assert_eq!(
            answer.header(header::SET_COOKIE),
            format!("hubu_session={token}; Path=/; HttpOnly; SameSite=Strict")
        );
        let session = server
            .get(&token, "/sessions/current")
            .await
            .expect(200)
            .json();
        assert_eq!(session["account"]["role"], "clerk");
        assert_eq!(
            session["permissions"],
            json!(["read_customers", "unmask", "intake"])
        );
    }
}

#[tokio::test]
async fn a_write_with_the_cookie_needs_the_header_that_another_site_cannot_send() {
    let server = TestServer::embedded().await;
    let token = server.token(Role::Clerk).await;
    let sign_out = || {
        let asked = server.ask(Method::DELETE, "/sessions/current");
        asked.header(header::COOKIE, &format!("a=b; hubu_session={token}"))
    };
    assert_eq!(
        sign_out().send().await.expect(403).code(),
        "foreign_request"
    );
    let answer = sign_out().header(OWN_REQUEST, "1").send().await.expect(204);
    assert!(answer.header(header::SET_COOKIE).contains("Max-Age=0"));
    let again = server.get(&token, "/sessions/current").await.expect(401);
    assert_eq!(again.code(), "unauthenticated");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let server = TestServer::embedded().await;
    server.token(Role::Clerk).await;
    let wrong = sign_in(&server, "clerk", "not the password")
        .await
        .expect(401);
    let unknown = sign_in(&server, "nobody", "not the password")
        .await
        .expect(401);
    assert_eq!(wrong.json(), unknown.json());
    assert_eq!(wrong.code(), "wrong_credentials");
}

#[tokio::test]
async fn who_guesses_must_wait_even_with_the_right_password() {
    let server = TestServer::embedded().await;
    server.token(Role::Clerk).await;
    for _ in 0..5 {
        sign_in(&server, "clerk", "not the password")
            .await
            .expect(401);
    }
    let answer = sign_in(&server, "clerk", PASSWORD).await.expect(429);
    assert_eq!(answer.code(), "too_many_failures");
}

#[tokio::test]
async fn another_password_and_a_disabled_account_end_all_sessions() {
    for server in TestServer::each().await {
        let operator = Actor::operator();
        let token = server.token(Role::Steward).await;
        access::set_password(&server.store, &operator, "steward", "another password")
            .await
            .unwrap();
        server.get(&token, "/sessions/current").await.expect(401);
        sign_in(&server, "steward", PASSWORD).await.expect(401);
        let answer = sign_in(&server, "steward", "another password")
            .await
            .expect(201);
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        access::disable_account(&server.store, &operator, "steward")
            .await
            .unwrap();
        server.get(&token, "/sessions/current").await.expect(401);
        sign_in(&server, "steward", "another password")
            .await
            .expect(401);
    }
}

#[tokio::test]
async fn the_first_start_makes_one_administrator_and_says_the_password_once() {
    for server in TestServer::each().await {
        let password = access::ensure_administrator(&server.store).await.unwrap();
        let again = access::ensure_administrator(&server.store).await.unwrap();
        assert_eq!(again, None);
        sign_in(&server, access::ADMINISTRATOR, &password.unwrap())
            .await
            .expect(201);
    }
}

#[tokio::test]
async fn the_store_keeps_no_token_that_could_be_used() {
    let server = TestServer::embedded().await;
    let token = server.token(Role::Clerk).await;
    let mut transaction = server.store.database.read().await.unwrap();
    let rows = transaction
        .fetch_all("select token_digest from session", [])
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    let stored = rows[0].bytes(0).unwrap();
    assert!(
        !token
            .as_bytes()
            .windows(stored.len())
            .any(|part| part == stored)
    );
}
