//! Masks and survivorship of the packs in force reach what people see.

use std::time::Duration;

use serde_json::{Value, json};
use server::access::Role;
use server::packs::look_after_views;

use super::{PACK, backtested, rule, step, today};
use crate::support::TestServer;

const RULES: &str = r#"[[mask]]
id = "own-mobile"
label = { zh = "手机号码脱敏", en = "mask of mobile phone" }
attribute = "mobile"
shape = "keep:0:2"
source = "own"
example = [{ given = "13800138000", expect = "*********00" }]

[[survivorship]]
id = "own-occupation"
label = { zh = "职业择优", en = "best occupation" }
attribute = "occupation"
criteria = ["longest", "newest"]
source = "own"
example = [
    { given = [{ value = "司机" }, { value = "出租车司机" }], expect = "出租车司机" },
]

[[condition]]
id = "own-drives"
label = { zh = "出租车司机", en = "drives a taxi" }
source = "own"
when = 'customer.occupation == "出租车司机"'
example = [
    { given = { "customer.occupation" = "出租车司机" }, expect = true },
    { given = { "customer.occupation" = "司机" }, expect = false },
    { given = {}, expect = "missing" },
]
"#;

/// One customer of two records, of which the later says less of the occupation.
async fn driver(server: &TestServer, token: &str) -> String {
    super::customers(server, token, &[]).await;
    let mut number = Value::Null;
    let said = [("2020-01-01", "出租车司机"), ("2021-01-01", "司机")];
    for (place, (day, occupation)) in said.into_iter().enumerate() {
        let record = json!({
            "source": "core", "key": format!("k{place}"), "observed_at": format!("{day}T00:00:00Z"),
            "attributes": {
                "name": "王小明", "identity_number": "11010519491231002X",
                "mobile": "13800138000", "occupation": occupation,
            },
        });
        let answer = server.post(token, "/records", &record).await.expect(201);
        number = answer.json()["customer"].clone();
    }
    number.as_str().unwrap().to_owned()
}

fn shown(view: &Value, attribute: &str) -> Value {
    let groups = view["groups"].as_array().unwrap().iter();
    let mut values = groups.flat_map(|group| group["values"].as_array().unwrap());
    let found = values.find(|value| value["attribute"] == attribute);
    found.unwrap()["value"].clone()
}

async fn seen(server: &TestServer, token: &str, number: &str) -> (Value, Value) {
    let address = format!("/customers/{number}");
    let view = server.get(token, &address).await.expect(200).json();
    (shown(&view, "mobile"), shown(&view, "occupation"))
}

/// What a rule says of the customer's view as it is stored.
async fn drives(server: &TestServer, token: &str, number: &str) -> Value {
    let address = format!("/customers/{number}/rule-decisions");
    let made = server.post(token, &address, &json!({})).await.expect(201);
    let judgements = made.json()["judgements"].as_array().unwrap().clone();
    let mut found = judgements.into_iter();
    found.find(|one| one["rule"] == "own-drives").unwrap()["outcome"].clone()
}

/// A draft of the rules that begins today.
async fn drafted(server: &TestServer, token: &str) -> Value {
    let from = format!("effective_from = {}", today().as_str().unwrap());
    let head = PACK.replace("effective_from = 2020-01-01", &from);
    let body = json!({ "files": { "pack.toml": head, "rules.toml": RULES } });
    let draft = server.post(token, "/pack-editions", &body).await;
    let draft = draft.expect(201).json();
    assert_eq!(draft["check"]["problems"], json!([]));
    draft
}

async fn view_rules(server: &TestServer, token: &str) -> Value {
    server.get(token, "/view-rules").await.expect(200).json()
}

#[tokio::test]
async fn masks_and_survivorship_of_a_pack_count_from_when_it_is_switched_on() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let administrator = server.token(Role::Administrator).await;
        let number = driver(&server, &administrator).await;
        let before = seen(&server, &steward, &number).await;
        assert_eq!(before, (json!("138****8000"), json!("司机")));

        let draft = drafted(&server, &compliance).await;
        step(&server, &compliance, &draft, "propose")
            .await
            .expect(200);
        assert_eq!(seen(&server, &steward, &number).await, before);
        step(&server, &steward, &draft, "approve").await.expect(200);

        let now = seen(&server, &steward, &number).await;
        assert_eq!(now, (json!("*********00"), json!("出租车司机")));
        let rules = view_rules(&server, &steward).await;
        assert_eq!(rules["refolding"]["customers"], 1);
        assert_eq!(drives(&server, &steward, &number).await, json!("false"));
        let beside = tokio::spawn(look_after_views(server.store.clone()));
        for _ in 0..200 {
            if view_rules(&server, &steward).await["refolding"].is_null() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        beside.abort();
        assert_eq!(drives(&server, &steward, &number).await, json!("true"));
        let origin = rule(&server, &steward, "own-mobile").await.unwrap();
        assert_eq!(origin["pack"], "try");
    }
}

#[tokio::test]
async fn a_back_test_says_of_whom_another_value_would_stand_and_not_which() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let administrator = server.token(Role::Administrator).await;
        let number = driver(&server, &administrator).await;
        let draft = drafted(&server, &compliance).await;
        let found = backtested(&server, &compliance, &draft, &json!({})).await;
        let rules = found["result"]["rules"].as_array().unwrap();
        let moved = rules.iter().find(|rule| rule["rule"] == "own-occupation");
        let moved = moved.unwrap();
        let replaced = json!({ "from": "stands", "to": "replaced", "customers": 1 });
        assert_eq!(
            (&moved["moved"], &moved["matrix"][1]),
            (&json!(1), &replaced)
        );
        assert_eq!(moved["sampled"][0]["customer"], json!(number));
        assert!(!moved.to_string().contains("司机"), "{moved}");
        assert_eq!(
            view_rules(&server, &compliance).await["refolding"],
            json!(null)
        );
    }
}

#[tokio::test]
async fn a_rule_about_an_attribute_that_nobody_declared_is_told_with_its_place() {
    let server = TestServer::embedded().await;
    let compliance = server.token(Role::Compliance).await;
    let rules = RULES.replace("attribute = \"mobile\"", "attribute = \"mobil\"");
    let body = json!({ "files": { "pack.toml": PACK, "rules.toml": rules } });
    let draft = server.post(&compliance, "/pack-editions", &body).await;
    let problems = draft.expect(201).json()["check"]["problems"].clone();
    assert_eq!(problems[0]["code"], "unknown_attribute", "{problems}");
    assert_eq!(
        (&problems[0]["line"], &problems[0]["column"]),
        (&json!(4), &json!(13))
    );
    assert_eq!(problems.as_array().unwrap().len(), 1);
}
