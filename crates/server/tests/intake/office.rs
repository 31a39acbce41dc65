//! What somebody does who brings files in.

use std::time::Duration;

use axum::http::{Method, header};
use serde_json::{Value, json};
use server::access::Role;
use server::register::{NewSource, create_source};

use crate::support::{Answer, TestServer};

/// A number that is well formed.
pub const FIRST_NUMBER: &str = "11010519491231002X";

/// A server with a source called `core`, and the token of a steward.
pub async fn opened(server: &TestServer) -> String {
    create_source(&server.store, "tester", NewSource::named("core"))
        .await
        .unwrap();
    server.token(Role::Steward).await
}

/// Sends bytes.
pub async fn send(server: &TestServer, token: &str, address: &str, bytes: &[u8]) -> Answer {
    let asked = server.ask(Method::POST, address).token(token);
    let asked = asked.header(header::CONTENT_TYPE, "application/octet-stream");
    asked.bytes(bytes.to_vec()).send().await
}

/// Uploads a file and gives its number.
pub async fn upload(server: &TestServer, token: &str, name: &str, bytes: &[u8]) -> String {
    let address = format!("/uploads?name={name}");
    let answer = send(server, token, &address, bytes)
        .await
        .expect(201)
        .json();
    answer["id"].as_str().unwrap().to_owned()
}

/// Begins a batch from a request, the upload put into it.
pub async fn begin(server: &TestServer, token: &str, upload: &str, more: Value) -> Value {
    let mut wanted = json!({ "upload": upload, "source": "core", "dry_run": false });
    for (name, value) in more.as_object().unwrap() {
        wanted[name] = value.clone();
    }
    let answer = server.post(token, "/batches", &wanted).await;
    answer.expect(202).json()
}

/// The batch once nobody works at it any more.
pub async fn ended(server: &TestServer, token: &str, id: &Value) -> Value {
    let address = format!("/batches/{}", id.as_str().unwrap());
    for _ in 0..3_000 {
        let batch = server.get(token, &address).await.expect(200).json();
        if !["running", "withdrawing"].contains(&batch["state"].as_str().unwrap()) {
            return batch;
        }
        // The batch runs on another task; there is nothing else to wait for.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the batch did not end");
}

/// Uploads a file, imports it by its headers and gives the batch as it ended.
pub async fn import(server: &TestServer, token: &str, name: &str, bytes: &[u8]) -> Value {
    let mapping =
        json!({ "header": "first_row", "key_column": "编号", "columns": [], "fixed": [] });
    let upload = upload(server, token, name, bytes).await;
    let batch = begin(server, token, &upload, json!({ "mapping": mapping })).await;
    ended(server, token, &batch["id"]).await
}

/// Rows, accepted, in quarantine.
#[track_caller]
pub fn counts(batch: &Value) -> (i64, i64, i64) {
    let count = |name: &str| batch[name].as_i64().unwrap();
    let counts = (count("rows"), count("accepted"), count("quarantined"));
    assert_eq!(counts.1 + counts.2, counts.0, "nothing is lost");
    counts
}

/// The customers with their names and how many records each has.
pub async fn customers(server: &TestServer, token: &str) -> Vec<(String, String, i64)> {
    let mut all = Vec::new();
    let mut address = "/customers?limit=500".to_owned();
    loop {
        let page = server.get(token, &address).await.expect(200).json();
        for row in page["items"].as_array().unwrap() {
            let text = |name: &str| row[name].as_str().unwrap().to_owned();
            all.push((
                text("number"),
                text("name"),
                row["records"].as_i64().unwrap(),
            ));
        }
        let Some(next) = page["next"].as_str() else {
            return all;
        };
        address = format!("/customers?limit=500&after={next}");
    }
}

/// The actions that the audit log holds.
pub async fn actions(server: &TestServer) -> Vec<String> {
    let auditor = server.token(Role::Auditor).await;
    let page = server
        .get(&auditor, "/audit?limit=500")
        .await
        .expect(200)
        .json();
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| item["action"].as_str().unwrap().to_owned())
        .collect()
}
