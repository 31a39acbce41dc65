//! How much there may be of everything, and that two servers see the same.

use axum::http::Method;
use serde_json::json;
use server::access::Role;

use super::{PACK, RULES, drafted, rule, step};
use crate::support::TestServer;

async fn execute(server: &TestServer, sql: &'static str) {
    let (mut transaction, _) = server.store.write().await.unwrap();
    transaction.execute(sql, []).await.unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn two_hundred_drafts_are_the_most() {
    for server in TestServer::each().await {
        let token = server.token(Role::Compliance).await;
        drafted(&server, &token).await;
        let copies = "insert into pack_edition (id, pack, version, layer, state, effective_from, files, digest, revision, created_at, created_by, changed_at, changed_by, worked_by)
            with recursive number (n) as (select 1 union all select n + 1 from number where n < 199)
            select 1000 + n, 'copy', 'v' || n, layer, state, effective_from, files, digest, revision, created_at, created_by, changed_at, changed_by, worked_by
            from pack_edition cross join number where pack = 'try'";
        execute(&server, copies).await;
        let other = PACK.replace("id = \"try\"", "id = \"other\"");
        let body = json!({ "files": { "pack.toml": other, "rules.toml": RULES } });
        let refused = server
            .post(&token, "/pack-editions", &body)
            .await
            .expect(409);
        assert_eq!(refused.code(), "too_many_drafts");
        execute(
            &server,
            "update pack_edition set state = 'discarded' where id = 1001",
        )
        .await;
        server
            .post(&token, "/pack-editions", &body)
            .await
            .expect(201);
    }
}

#[tokio::test]
async fn an_account_has_one_back_test_and_two_run_at_a_time() {
    for server in TestServer::each().await {
        let token = server.token(Role::Compliance).await;
        let draft = drafted(&server, &token).await;
        let address = format!("/pack-editions/{}/backtests", draft["id"].as_str().unwrap());
        let begin = async || server.post(&token, &address, &json!({})).await;
        let running = "insert into pack_backtest (id, edition_id, revision, day, state, started_at, started_by, done, total, holder, held_until)
            values (1000, 1, 1, 1, 'running', 1, 'compliance', 0, 0, 1, 9000000000000000)";
        execute(&server, running).await;
        assert_eq!(begin().await.expect(409).code(), "backtest_running");
        execute(&server, "update pack_backtest set started_by = 'one'").await;
        let second = "insert into pack_backtest (id, edition_id, revision, day, state, started_at, started_by, done, total, holder, held_until)
            values (1001, 1, 1, 1, 'running', 1, 'two', 0, 0, 1, 9000000000000000)";
        execute(&server, second).await;
        assert_eq!(begin().await.expect(429).code(), "too_many_backtests");
        // Nobody works at it any more.
        execute(
            &server,
            "update pack_backtest set held_until = 1 where id = 1000",
        )
        .await;
        begin().await.expect(202);
    }
}

#[tokio::test]
async fn two_servers_see_what_the_other_changed_although_memory_keeps_texts() {
    let Some((one, other)) = TestServer::pair().await else {
        return;
    };
    let compliance = one.token(Role::Compliance).await;
    let steward = other.token(Role::Steward).await;
    let draft = drafted(&one, &compliance).await;
    let address = format!("/pack-editions/{}", draft["id"].as_str().unwrap());
    let seen = other.get(&steward, &address).await.expect(200).json();
    assert_eq!(seen["files"], json!(draft["files"]));
    let label = json!({ "file": "pack.toml", "path": ["label", "en"], "value": "changed" });
    let body = json!({ "revision": draft["revision"], "edits": [label] });
    let asked = one.ask(Method::PATCH, &address).token(&compliance);
    let changed = asked.json(&body).send().await.expect(200).json();
    let page = other
        .get(&steward, "/pack-editions")
        .await
        .expect(200)
        .json();
    let items = page["items"].as_array().unwrap().iter();
    let mut own = items.filter(|edition| edition["pack"] == "try");
    assert_eq!(own.next().unwrap()["label"]["en"], "changed");
    step(&one, &compliance, &changed, "propose")
        .await
        .expect(200);
    step(&one, &steward, &changed, "approve").await.expect(200);
    assert!(rule(&other, &steward, "try-records").await.is_some());
}

#[tokio::test]
async fn rules_in_force_that_do_not_fit_are_told_as_such() {
    for server in TestServer::each().await {
        let token = server.token(Role::Compliance).await;
        let broken = RULES.replace("customer.records", "customer.rekords");
        let body = json!({ "files": { "pack.toml": PACK, "rules.toml": broken } });
        server
            .post(&token, "/pack-editions", &body)
            .await
            .expect(201);
        execute(
            &server,
            "update pack_edition set state = 'approved', decided_at = 1 where pack = 'try'",
        )
        .await;
        let told = server.get(&token, "/rules").await.expect(409);
        assert_eq!(told.code(), "rules_in_force_unsound");
        let detail = told.json()["detail_zh"].as_str().unwrap().to_owned();
        assert!(detail.contains("没有事实 customer.rekords"), "{detail}");
        let title = told.json()["title"]["zh"].as_str().unwrap().to_owned();
        assert!(title.contains("已启用的规则包 try"), "{title}");
    }
}

#[tokio::test]
async fn a_text_that_memory_has_is_not_read_again_and_a_revision_is() {
    for server in TestServer::each().await {
        let token = server.token(Role::Compliance).await;
        drafted(&server, &token).await;
        server.get(&token, "/pack-editions").await.expect(200);
        execute(
            &server,
            "update pack_edition set files = 'none' where pack = 'try'",
        )
        .await;
        server.get(&token, "/pack-editions").await.expect(200);
        execute(
            &server,
            "update pack_edition set revision = revision + 1 where pack = 'try'",
        )
        .await;
        let unreadable = server.get(&token, "/pack-editions").await.expect(500);
        assert_eq!(unreadable.code(), "damaged");
    }
}
