//! What is not switched on: what would break a later day, what nobody saw, what its author would approve alone.

use serde_json::json;
use server::access::Role;

use super::{PACK, RULES, change, drafted, edit, step, today};
use crate::support::TestServer;

const UPPER: &str = r#"[[condition]]
id = "upper-high"
label = { zh = "高", en = "high" }
source = "own"
when = "try.score > 3"
example = [
    { given = { "try.score" = 4 }, expect = true },
    { given = { "try.score" = 3 }, expect = false },
    { given = {}, expect = "missing" },
]
"#;

#[tokio::test]
async fn what_would_lose_its_ground_on_a_later_day_is_not_switched_on() {
    let fact = r#"[[fact]]
name = "try.score"
type = "integer"
label = { zh = "分", en = "score" }
"#;
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let from = today();
        let begins = format!("effective_from = {}", from.as_str().unwrap());
        let head = PACK.replace("effective_from = 2020-01-01", &begins);
        let ends = head.replace(&begins, &format!("{begins}\neffective_to = 2099-01-01"));
        let ground =
            json!({ "files": { "pack.toml": ends, "rules.toml": format!("{fact}{RULES}") } });
        let draft = server.post(&compliance, "/pack-editions", &ground).await;
        let draft = draft.expect(201).json();
        step(&server, &compliance, &draft, "propose")
            .await
            .expect(200);
        step(&server, &steward, &draft, "approve").await.expect(200);
        let upper = head
            .replace("id = \"try\"", "id = \"upper\"")
            .replace("files = ", "builds_on = [\"try\"]\nfiles = ");
        let upper = json!({ "files": { "pack.toml": upper, "rules.toml": UPPER } });
        let draft = server.post(&compliance, "/pack-editions", &upper).await;
        let draft = draft.expect(201).json();
        assert_eq!(draft["check"]["problems"], json!([]));
        let refused = step(&server, &compliance, &draft, "propose")
            .await
            .expect(400);
        let refused = refused.json();
        let told = (&refused["title"]["en"], &refused["detail"]);
        let (title, detail) = (told.0.as_str().unwrap(), told.1.as_str().unwrap());
        assert!(
            title.contains("from 2099-01-02 on, the pack upper has 1 problems"),
            "{title}"
        );
        assert!(
            detail.contains("there is no pack try to build on"),
            "{detail}"
        );
        let last = edit(&json!(["effective_to"]), &json!("2099-01-01"));
        let draft = change(&server, &compliance, &draft, &[last])
            .await
            .expect(200)
            .json();
        step(&server, &compliance, &draft, "propose")
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn nobody_approves_what_they_did_not_see_or_what_they_wrote_themselves() {
    for server in TestServer::each().await {
        let compliance = server.token(Role::Compliance).await;
        let steward = server.token(Role::Steward).await;
        let administrator = server.token(Role::Administrator).await;
        let draft = drafted(&server, &compliance).await;
        let renamed = edit(&json!(["version"]), &json!("1.0"));
        let theirs = change(&server, &steward, &draft, &[renamed]).await;
        let theirs = theirs.expect(200).json();
        let stale = step(&server, &compliance, &draft, "propose").await;
        assert_eq!(stale.expect(409).code(), "draft_changed");
        let last = change(&server, &compliance, &theirs, &[]).await;
        let last = last.expect(200).json();
        step(&server, &compliance, &last, "propose")
            .await
            .expect(200);
        let own = step(&server, &steward, &last, "approve").await;
        assert_eq!(own.expect(409).code(), "second_person_needed");
        let unseen = step(&server, &administrator, &theirs, "approve").await;
        assert_eq!(unseen.expect(409).code(), "draft_changed");
        step(&server, &administrator, &last, "approve")
            .await
            .expect(200);
        let branch = json!({ "files": {
            "pack.toml": PACK.replace("layer = \"institution\"", "layer = \"branch\"\nbranch = \"bj\"")
                .replace("2020-01-01", today().as_str().unwrap())
                .replace("version = \"1\"", "version = \"2\""),
            "rules.toml": RULES,
        } });
        let branch = server.post(&compliance, "/pack-editions", &branch).await;
        let branch = branch.expect(201).json();
        let refused = step(&server, &compliance, &branch, "propose")
            .await
            .expect(400);
        assert_eq!(refused.json()["field"], "layer");
    }
}
