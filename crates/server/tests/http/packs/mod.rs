//! Rule packs: from a draft by a form to in force, back-tests, and decisions that can be made again.

mod branch;
mod decisions;
mod drafts;
mod following;
mod grounds;
mod judged;
mod limits;
mod switching;

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use server::access::Role;

use crate::support::{Answer, TestServer};

const PACK: &str = r#"# Limits of this institution.
id = "try"
version = "1"
layer = "institution"
effective_from = 2020-01-01
label = { zh = "试用", en = "to try" }
files = ["rules.toml"]

[[source]]
id = "own"
title = "内部制度"
confidence = "read"
"#;

const RULES: &str = r#"[[bands]]
id = "try-records" # how well a customer is known
label = { zh = "来源多寡", en = "how many sources" }
source = "own"
of = "customer.records"

[[bands.band]]
id = "few"
label = { zh = "少", en = "few" }
below = 2

[[bands.band]]
id = "many"
label = { zh = "多", en = "many" }
from = 2

[[bands.example]]
given = { "customer.records" = 1 }
expect = "few"

[[bands.example]]
given = { "customer.records" = 3 }
expect = "many"

[[bands.example]]
given = {}
expect = "missing"
"#;

fn files() -> BTreeMap<&'static str, &'static str> {
    [("pack.toml", PACK), ("rules.toml", RULES)].into()
}

fn today() -> Value {
    let day = server::packs::today(server::clock::now());
    json!(rulebook::written_day(day))
}

fn edit(path: &Value, value: &Value) -> Value {
    let file = if path.as_array().unwrap().len() == 1 {
        "pack.toml"
    } else {
        "rules.toml"
    };
    json!({ "file": file, "path": path, "value": value })
}

async fn change(server: &TestServer, token: &str, edition: &Value, edits: &[Value]) -> Answer {
    let id = edition["id"].as_str().unwrap();
    let asked = server.ask(Method::PATCH, &format!("/pack-editions/{id}"));
    let body = json!({ "revision": edition["revision"], "edits": edits });
    asked.token(token).json(&body).send().await
}

async fn step(server: &TestServer, token: &str, edition: &Value, step: &str) -> Answer {
    let id = edition["id"].as_str().unwrap();
    let address = format!("/pack-editions/{id}/{step}");
    let said = json!({ "reason": "试用", "revision": edition["revision"] });
    server.post(token, &address, &said).await
}

/// A draft of the pack that begins today.
async fn drafted(server: &TestServer, token: &str) -> Value {
    let body = json!({ "files": files() });
    let draft = server.post(token, "/pack-editions", &body).await;
    let draft = draft.expect(201).json();
    let from = edit(&json!(["effective_from"]), &today());
    change(server, token, &draft, &[from])
        .await
        .expect(200)
        .json()
}

/// The pack switched on by two persons.
async fn switched_on(server: &TestServer, one: &str, other: &str) -> Value {
    let draft = drafted(server, one).await;
    step(server, one, &draft, "propose").await.expect(200);
    step(server, other, &draft, "approve")
        .await
        .expect(200)
        .json()
}

async fn customers(server: &TestServer, token: &str, names: &[&str]) {
    let source = json!({
        "code": "core", "name": "核心系统", "channel": "counter", "owner": "运营部",
        "trust": 80, "purpose": "客户管理", "legal_basis": "合同",
    });
    server.post(token, "/sources", &source).await.expect(201);
    for (place, name) in names.iter().enumerate() {
        let record = json!({
            "source": "core", "key": format!("k{place}"), "attributes": { "name": name },
        });
        server.post(token, "/records", &record).await.expect(201);
    }
}

/// What a back-test of an edition found.
async fn backtested(server: &TestServer, token: &str, edition: &Value, wanted: &Value) -> Value {
    let address = format!(
        "/pack-editions/{}/backtests",
        edition["id"].as_str().unwrap()
    );
    let begun = server
        .post(token, &address, wanted)
        .await
        .expect(202)
        .json();
    let address = format!("/pack-backtests/{}", begun["id"].as_str().unwrap());
    for _ in 0..400 {
        let found = server.get(token, &address).await.expect(200).json();
        if found["state"] != "running" {
            assert_eq!(found["state"], "ready", "{found}");
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the back-test does not end");
}

async fn rule(server: &TestServer, token: &str, id: &str) -> Option<Value> {
    let rules = server.get(token, "/rules").await.expect(200).json();
    let mut rules = rules["items"].as_array().unwrap().clone().into_iter();
    rules.find(|rule| rule["rule"] == id)
}

#[tokio::test]
async fn two_persons_switch_an_edition_on_and_nobody_alone() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let clerk = server.token(Role::Clerk).await;
        let body = json!({ "files": files() });
        server
            .post(&clerk, "/pack-editions", &body)
            .await
            .expect(403);
        let out = json!({ "files": { "pack.toml": PACK, "../rules.toml": RULES } });
        let refused = server
            .post(&compliance, "/pack-editions", &out)
            .await
            .expect(400);
        assert_eq!(refused.json()["field"], "../rules.toml");
        let draft = drafted(&server, &compliance).await;
        assert_eq!(draft["check"]["problems"], json!([]));
        assert_eq!(draft["mine"], true);
        step(&server, &steward, &draft, "approve").await.expect(409);
        step(&server, &compliance, &draft, "propose")
            .await
            .expect(200);
        let alone = step(&server, &compliance, &draft, "approve").await;
        assert_eq!(alone.expect(409).code(), "second_person_needed");
        assert_eq!(rule(&server, &steward, "try-records").await, None);
        let approved = step(&server, &steward, &draft, "approve")
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&approved["state"], &approved["in_force"]),
            (&json!("approved"), &json!(true))
        );
        let on = rule(&server, &clerk, "try-records").await.unwrap();
        assert_eq!(
            (&on["pack"], &on["source"]["title"]),
            (&json!("try"), &json!("内部制度"))
        );
        let late = edit(&json!(["version"]), &json!("9"));
        change(&server, &compliance, &approved, &[late])
            .await
            .expect(409);
        let folder = server.store.folder().join("packs/try/1");
        let written = std::fs::read_to_string(folder.join("rules.toml")).unwrap();
        assert_eq!(written, RULES);
    }
}

#[tokio::test]
async fn a_form_changes_one_value_of_the_file_and_is_checked_before() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let base = switched_on(&server, &compliance, &steward).await;
        let wanted = json!({ "base": base["id"] });
        let draft = server.post(&compliance, "/pack-editions", &wanted).await;
        let draft = draft.expect(201).json();
        assert_eq!(draft["version"], "1-1");
        let below = edit(&json!(["bands", 0, "band", 0, "below"]), &json!(3));
        let from = edit(&json!(["bands", 0, "band", 1, "from"]), &json!(3));
        let address = format!("/pack-editions/{}/check", draft["id"].as_str().unwrap());
        let body = json!({ "revision": draft["revision"], "edits": [below.clone()] });
        let gap = server
            .post(&compliance, &address, &body)
            .await
            .expect(200)
            .json();
        let problem = &gap["problems"][0];
        assert_eq!(
            (&problem["code"], &problem["line"]),
            (&json!("bands"), &json!(12))
        );
        let changed = change(&server, &compliance, &draft, &[below, from]).await;
        let changed = changed.expect(200).json();
        assert_eq!(changed["check"]["problems"], json!([]));
        let text = changed["files"]["rules.toml"].as_str().unwrap();
        let wanted = RULES
            .replacen("below = 2", "below = 3", 1)
            .replacen("from = 2", "from = 3", 1);
        assert_eq!(text, wanted);
        let stale = change(&server, &compliance, &draft, &[]).await;
        assert_eq!(stale.expect(409).code(), "draft_changed");
        let address = format!(
            "/pack-editions/{}/differences",
            draft["id"].as_str().unwrap()
        );
        let told = server.get(&compliance, &address).await.expect(200).json();
        let bands = told["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["kind"] == "bands");
        assert_eq!(
            bands.unwrap()["values"],
            json!([
                { "path": "band.few.below", "before": "2", "after": "3" },
                { "path": "band.many.from", "before": "2", "after": "3" },
            ])
        );
    }
}

#[tokio::test]
async fn a_pack_with_problems_is_kept_as_a_draft_and_never_proposed() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let draft = drafted(&server, &compliance).await;
        let gap = edit(&json!(["bands", 0, "band", 1, "from"]), &json!(5));
        let broken = change(&server, &compliance, &draft, &[gap])
            .await
            .expect(200)
            .json();
        assert_eq!(broken["check"]["problems"][0]["code"], "bands");
        let refused = step(&server, &compliance, &broken, "propose")
            .await
            .expect(400);
        assert!(
            refused.json()["detail"]
                .as_str()
                .unwrap()
                .starts_with("rules.toml:12:1: ")
        );
        let past = edit(&json!(["effective_from"]), &json!("2020-01-01"));
        let sound = edit(&json!(["bands", 0, "band", 1, "from"]), &json!(2));
        let draft = change(&server, &compliance, &broken, &[past, sound])
            .await
            .expect(200)
            .json();
        let refused = step(&server, &compliance, &draft, "propose")
            .await
            .expect(400);
        assert_eq!(refused.json()["field"], "effective_from");
    }
}

#[tokio::test]
async fn a_threshold_is_tried_before_examples_speak_of_it_and_they_are_brought_up_by_one_step() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let page = server
            .get(&compliance, "/pack-editions")
            .await
            .expect(200)
            .json();
        let shipped = page["items"].as_array().unwrap().iter();
        let model = shipped
            .clone()
            .find(|edition| edition["pack"] == "cn-aml-2013")
            .unwrap();
        assert_eq!(
            (&model["state"], &model["in_force"]),
            (&json!("approved"), &json!(true))
        );
        let wanted = json!({ "base": model["id"] });
        let draft = server
            .post(&compliance, "/pack-editions", &wanted)
            .await
            .expect(201)
            .json();
        let edits = [json!({
            "file": "scorecard.toml", "path": ["scorecard", 0, "grade", 1, "up_to"], "value": 43,
        })];
        let draft = change(&server, &compliance, &draft, &edits)
            .await
            .expect(200)
            .json();
        let problems = draft["check"]["problems"].as_array().unwrap();
        assert!(problems.len() > 3, "{problems:?}");
        assert!(problems.iter().all(|problem| problem["code"] == "example"));
        let told = problems[0]["found"].as_str().unwrap();
        assert!(told.ends_with(" medium"), "{told}");
        let id = draft["id"].as_str().unwrap();
        let address = format!("/pack-editions/{id}/adopt-examples");
        let seen = json!({ "revision": draft["revision"] });
        let adopted = server
            .post(&compliance, &address, &seen)
            .await
            .expect(200)
            .json();
        assert_eq!(adopted["check"]["problems"], json!([]));
        let (before, after) = (lines(&draft), lines(&adopted));
        let changed = before
            .iter()
            .zip(&after)
            .filter(|(one, other)| one != other);
        assert_eq!(
            (changed.count(), before.len()),
            (problems.len(), after.len())
        );
    }
}

fn lines(edition: &Value) -> Vec<&str> {
    edition["files"]["scorecard.toml"]
        .as_str()
        .unwrap()
        .lines()
        .collect()
}
