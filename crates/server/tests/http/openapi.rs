//! `openapi.json` in the root of the repository is what the server serves; the client of the
//! console is generated from it.
//!
//! Regenerate: `UPDATE_OPENAPI=1 cargo test -p server --test http openapi`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use axum::http::Method;
use serde_json::Value;

use crate::support::TestServer;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json")
}

/// Method, path and name of every operation.
fn operations(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap().iter();
    let of_path = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().unwrap().clone();
        let path = path.clone();
        methods
            .into_iter()
            .map(move |(method, operation)| format!("{method} {path} {}", operation["operationId"]))
    };
    paths.flat_map(of_path).collect()
}

#[test]
fn the_document_in_the_repository_is_the_one_that_is_served() {
    let served = server::wiring::document().unwrap();
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        let text = serde_json::to_string_pretty(&served).unwrap();
        std::fs::write(file(), text + "\n").unwrap();
        return;
    }
    let kept: Value = serde_json::from_slice(&std::fs::read(file()).unwrap()).unwrap();
    let (served_operations, kept_operations) = (operations(&served), operations(&kept));
    let added: Vec<_> = served_operations.difference(&kept_operations).collect();
    assert!(added.is_empty(), "not in openapi.json: {added:#?}");
    // While routes of the agreed document are still being built, only names are compared.
    if served_operations == kept_operations {
        assert!(
            served == kept,
            "openapi.json is not what is served: regenerate it and look at the difference"
        );
    }
}

#[tokio::test]
async fn anybody_may_read_the_document() {
    let server = TestServer::embedded().await;
    let answer = server.ask(Method::GET, "/api/openapi.json").send().await;
    assert_eq!(
        answer.expect(200).json(),
        server::wiring::document().unwrap()
    );
}

#[test]
fn every_reference_leads_somewhere() {
    let document = server::wiring::document().unwrap();
    let text = document.to_string();
    let names = text.split("#/components/schemas/").skip(1);
    let missing: BTreeSet<&str> = names
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| document["components"]["schemas"].get(name).is_none())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
