//! The packs on which a pack builds: in what order they lie, and which cannot lie beneath.

use serde_json::{Value, json};
use server::access::Role;

use super::{PACK, RULES, step, today};
use crate::support::TestServer;

const FACT: &str = r#"[[fact]]
name = "ground.score"
type = "integer"
label = { zh = "分", en = "score" }
"#;

const CONDITION: &str = r#"[[condition]]
id = "top-high"
label = { zh = "高", en = "high" }
source = "own"
when = "ground.score > 3"
example = [
    { given = { "ground.score" = 4 }, expect = true },
    { given = { "ground.score" = 3 }, expect = false },
    { given = {}, expect = "missing" },
]
"#;

/// A draft of a pack of this id that builds on others.
async fn draft(
    server: &TestServer,
    token: &str,
    id: &str,
    builds_on: &Value,
    rules: &str,
) -> Value {
    let from = format!("effective_from = {}", today().as_str().unwrap());
    let head = PACK
        .replace("effective_from = 2020-01-01", &from)
        .replace("id = \"try\"", &format!("id = \"{id}\""))
        .replace("files = ", &format!("builds_on = {builds_on}\nfiles = "));
    let files = json!({ "files": { "pack.toml": head, "rules.toml": rules } });
    server
        .post(token, "/pack-editions", &files)
        .await
        .expect(201)
        .json()
}

async fn on(server: &TestServer, draft: &Value) {
    let compliance = server.session(Role::Compliance).await;
    let steward = server.session(Role::Steward).await;
    step(server, &compliance, draft, "propose")
        .await
        .expect(200);
    step(server, &steward, draft, "approve").await.expect(200);
}

fn told(draft: &Value) -> Vec<String> {
    let problems = draft["check"]["problems"].as_array().unwrap().iter();
    let told = problems.map(|problem| {
        let place = [
            &problem["file"],
            &problem["line"],
            &problem["column"],
            &problem["code"],
        ];
        place.map(ToString::to_string).join(" ")
    });
    told.collect()
}

#[tokio::test]
async fn a_pack_builds_on_one_of_its_layer_whose_id_comes_later() {
    for server in TestServer::each().await {
        let token = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let ground = draft(
            &server,
            &token,
            "z-ground",
            &json!([]),
            &format!("{FACT}{}", RULES.replace("try-records", "z-records")),
        )
        .await;
        assert_eq!(ground["builds_on"], json!([]));
        on(&server, &ground).await;
        let top = draft(
            &server,
            &token,
            "a-top",
            &json!(["z-ground", "cn-base"]),
            CONDITION,
        )
        .await;
        assert_eq!(told(&top), [""; 0]);
        assert_eq!(top["builds_on"], json!(["z-ground", "cn-base"]));
        on(&server, &top).await;
        let rules = server.get(&steward, "/rules").await.expect(200).json();
        let mut rules = rules["items"].as_array().unwrap().iter();
        let rule = rules.find(|rule| rule["rule"] == "top-high").unwrap();
        assert_eq!(rule["facts"], json!(["ground.score"]));
    }
}

#[tokio::test]
async fn a_pack_that_cannot_lie_beneath_is_told_by_the_check_and_not_switched_on() {
    for server in TestServer::each().await {
        let token = server.token(Role::Compliance).await;
        let _steward = server.token(Role::Steward).await;
        let z = draft(&server, &token, "z-ground", &json!([]), FACT).await;
        on(&server, &z).await;
        let top = draft(&server, &token, "a-top", &json!(["z-ground"]), CONDITION).await;
        on(&server, &top).await;
        let named = json!(["a-top", "nobody", "z-ground"]);
        let circle = draft_of(&server, &token, &z, &named).await;
        assert_eq!(
            told(&circle),
            [
                r#""pack.toml" 7 14 "circle""#,
                r#""pack.toml" 7 23 "unknown_pack""#,
                r#""pack.toml" 7 33 "circle""#,
            ]
        );
        let refused = step(&server, &token, &circle, "propose")
            .await
            .expect(400)
            .json();
        let detail = refused["detail_zh"].as_str().unwrap();
        assert!(
            detail.contains("规则包循环依赖：z-ground → a-top → z-ground"),
            "{detail}"
        );
    }
}

/// A draft after another of the same pack that builds on others.
async fn draft_of(server: &TestServer, token: &str, base: &Value, builds_on: &Value) -> Value {
    let copy = json!({ "base": base["id"] });
    let copy = server
        .post(token, "/pack-editions", &copy)
        .await
        .expect(201)
        .json();
    let edit = json!({ "file": "pack.toml", "path": ["builds_on"], "value": builds_on });
    super::change(server, token, &copy, &[edit])
        .await
        .expect(200)
        .json()
}
