//! Who may do what, over every operation of the document: a new operation changes this table, and
//! somebody has to look at it.
//!
//! Regenerate: `INSTA_UPDATE=always cargo test -p server --test access_matrix`, then read the
//! difference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

mod support;

use std::fmt::Write;

use axum::http::{Method, StatusCode, header};
use serde_json::Value;
use server::access::Role;
use support::TestServer;

/// What the door says: behind it a request without a proper body fails in its own ways.
fn verdict(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "nobody",
        StatusCode::FORBIDDEN => "-",
        _ => "yes",
    }
}

fn operations(document: &Value) -> Vec<(Method, String)> {
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            operations.push((method, path.clone()));
        }
    }
    operations.sort_by(|left, right| (&left.1, left.0.as_str()).cmp(&(&right.1, right.0.as_str())));
    operations
}

/// An address with something in each variable part; nothing stands there.
fn some_address(path: &str) -> String {
    let part = |part: &'_ str| if part.starts_with('{') { "0" } else { part }.to_owned();
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_operation_says_who_may_do_it() {
    let server = TestServer::embedded().await;
    for role in Role::ALL {
        server.token(role).await;
    }
    let document = server::wiring::document().unwrap();
    let mut table = format!("{:<58}{:<14}", "operation", "not signed in");
    for role in Role::ALL {
        write!(table, "{:<15}", role.name()).unwrap();
    }
    for (method, path) in operations(&document) {
        let address = some_address(&path);
        let ask = || {
            server
                .ask(method.clone(), &address)
                .header(header::CONTENT_TYPE, "application/json")
        };
        let unknown = ask().send().await;
        assert_ne!(unknown.code(), "unknown_address", "{address}");
        let operation = format!("{method} {}", path.trim_start_matches("/api/v1"));
        let door = match unknown.code().as_str() {
            "unauthenticated" => "no",
            _ => "yes",
        };
        write!(table, "\n{operation:<58}{door:<14}").unwrap();
        for role in Role::ALL {
            // A session of its own: one of the operations ends it.
            let token = server.session(role).await;
            let answer = ask().token(&token).send().await;
            write!(table, "{:<15}", verdict(answer.status)).unwrap();
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(table.join("\n"));
}
