//! Files of a draft, added and removed, and what is said of a change that cannot be made.

use axum::http::Method;
use serde_json::{Value, json};
use server::access::Role;

use super::drafted;
use crate::support::{Answer, TestServer};

async fn replace(
    server: &TestServer,
    token: &str,
    draft: &Value,
    files: &Value,
    edits: &Value,
) -> Answer {
    let id = draft["id"].as_str().unwrap();
    let asked = server.ask(Method::PATCH, &format!("/pack-editions/{id}"));
    let body = json!({ "revision": draft["revision"], "files": files, "edits": edits });
    asked.token(token).json(&body).send().await
}

#[tokio::test]
async fn a_file_is_added_and_removed_and_pack_toml_stays() {
    for server in TestServer::each().await {
        let token = server.token(Role::Compliance).await;
        let draft = drafted(&server, &token).await;
        let more = json!({ "more.toml": "" });
        let added = replace(&server, &token, &draft, &more, &json!([]))
            .await
            .expect(200)
            .json();
        assert_eq!(added["files"]["more.toml"], "");
        assert_eq!(added["check"]["problems"], json!([]));
        let head = added["files"]["pack.toml"].as_str().unwrap();
        assert!(
            head.contains("files = [\"rules.toml\", \"more.toml\"]\n"),
            "{head}"
        );
        let gone = json!({ "more.toml": null });
        let removed = replace(&server, &token, &added, &gone, &json!([]))
            .await
            .expect(200)
            .json();
        assert_eq!(removed["files"], draft["files"]);
        let again = replace(&server, &token, &removed, &gone, &json!([])).await;
        assert_eq!(again.expect(400).json()["field"], "more.toml");
        let head = json!({ "pack.toml": null });
        let refused = replace(&server, &token, &removed, &head, &json!([]))
            .await
            .expect(400)
            .json();
        assert_eq!(
            (&refused["field"], &refused["detail_zh"]),
            (&json!("pack.toml"), &json!("规则包必须有此文件"))
        );
    }
}

#[tokio::test]
async fn an_edit_makes_no_file() {
    for server in TestServer::each().await {
        let token = server.token(Role::Compliance).await;
        let draft = drafted(&server, &token).await;
        let edits = json!([{ "file": "other.toml", "path": ["a"], "value": 1 }]);
        let refused = replace(&server, &token, &draft, &json!({}), &edits)
            .await
            .expect(400)
            .json();
        assert_eq!(
            (&refused["field"], &refused["detail_zh"]),
            (&json!("other.toml"), &json!("没有此文件"))
        );
    }
}

#[tokio::test]
async fn a_draft_with_the_text_of_a_shipped_pack_does_not_stand_for_it() {
    for server in TestServer::each().await {
        let token = server.token(Role::Compliance).await;
        server.get(&token, "/pack-editions").await.expect(200);
        let (mut transaction, _) = server.store.write().await.unwrap();
        let sql = "update pack_edition set state = 'draft', created_by = 'somebody' where pack = 'cn-base'";
        transaction.execute(sql, []).await.unwrap();
        transaction.commit().await.unwrap();
        let page = server
            .get(&token, "/pack-editions")
            .await
            .expect(200)
            .json();
        let items = page["items"].as_array().unwrap().iter();
        let mut on =
            items.filter(|edition| edition["in_force"] == true && edition["pack"] == "cn-base");
        let version = on.next().unwrap()["version"].as_str().unwrap();
        assert!(version.starts_with("2026.11+"), "{version}");
    }
}

#[tokio::test]
async fn an_edition_that_cannot_be_read_is_told_rather_than_shown_as_something_else() {
    let server = TestServer::embedded().await;
    let token = server.token(Role::Compliance).await;
    let draft = drafted(&server, &token).await;
    let (mut transaction, _) = server.store.write().await.unwrap();
    let sql = "update pack_edition set state = 'dormant' where pack = 'try'";
    transaction.execute(sql, []).await.unwrap();
    transaction.commit().await.unwrap();
    let address = format!("/pack-editions/{}", draft["id"].as_str().unwrap());
    let told = server.get(&token, &address).await.expect(500);
    assert_eq!(told.code(), "damaged");
}

#[tokio::test]
async fn an_edition_says_what_it_builds_on_and_all_of_its_sources() {
    let server = TestServer::embedded().await;
    let token = server.token(Role::Compliance).await;
    let page = server
        .get(&token, "/pack-editions")
        .await
        .expect(200)
        .json();
    let mut items = page["items"].as_array().unwrap().iter();
    let risk = items
        .find(|edition| edition["pack"] == "cn-aml-2013")
        .unwrap();
    let address = format!("/pack-editions/{}", risk["id"].as_str().unwrap());
    let detail = server.get(&token, &address).await.expect(200).json();
    assert_eq!(detail["builds_on"], json!(["cn-base"]));
    let source = &detail["sources"][0];
    assert_eq!(source["issuer"], "中国人民银行");
    assert_eq!(source["effective_from"], "2013-01-05");
    let used_for = source["used_for"].as_str().unwrap();
    assert!(used_for.starts_with("chapter 1"), "{used_for}");
}
