//! Dividing the whole book anew: what a run shows, who applies it, and that what stands afterwards is what linkage says
//! of the whole book.

use std::time::Duration;

use domain::resolution::MembershipReason;
use serde_json::{Value, json};
use server::access::Role;
use server::register::members_of;
use server::resolution::{end_left_runs, merge_customers, move_apart};

use crate::book::{FIRST_NUMBER, assert_folded, import, number, with_three};
use crate::linkage_book::{assert_divided, assert_folded_all, import_sample, tell_one};
use crate::support::{Answer, TestServer};

/// Starts a run and waits until it is not running any more.
async fn run(server: &TestServer, token: &str, learn: bool) -> Value {
    let wanted = json!({ "family": "person", "learn": learn, "reason": "定期整理" });
    let begun = server.post(token, "/linkage/runs", &wanted).await;
    let begun = begun.expect(202).json();
    // A short one may be over already.
    assert!(["running", "ready"].contains(&begun["state"].as_str().unwrap()));
    settled(server, token, begun["id"].as_str().unwrap()).await
}

/// The run once nobody works at it any more.
async fn settled(server: &TestServer, token: &str, id: &str) -> Value {
    for _ in 0..1_200 {
        let run = server.get(token, &format!("/linkage/runs/{id}")).await;
        let run = run.expect(200).json();
        if run["state"] != "running" && run["state"] != "applying" {
            return run;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("run {id} never ends");
}

async fn decide(server: &TestServer, token: &str, run: &Value, what: &str) -> Answer {
    let address = format!("/linkage/runs/{}/{what}", run["id"].as_str().unwrap());
    let reason = json!({ "reason": "已抽查预览" });
    server.post(token, &address, &reason).await
}

/// Applies a run by a second person and waits for the end.
async fn apply(server: &TestServer, run: &Value) -> Value {
    let token = server.token(Role::Administrator).await;
    decide(server, &token, run, "apply").await.expect(202);
    settled(server, &token, run["id"].as_str().unwrap()).await
}

/// Joins and parts customers as if the machine had been wrong, without the judgement of any person: 李四 and John Smith
/// are one, and the two records of 张三 are two.
async fn spoil(server: &TestServer) {
    let (mut transaction, now) = server.store.write().await.unwrap();
    let why = MembershipReason::JoinedByEvidence;
    merge_customers(&mut transaction, now, (2, 3), why, "tester", "spoilt")
        .await
        .unwrap();
    let new = server::register::create_customers(&mut transaction, now, 1)
        .await
        .unwrap();
    let members = members_of(&mut transaction, &[1]).await.unwrap();
    let last = members.last().unwrap().series;
    move_apart(&mut transaction, now, last, (1, new), "tester")
        .await
        .unwrap();
    server::register::refold_after(&mut transaction, &server.store, now, &[1, 2, 3, new])
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn a_run_shows_what_would_change_and_a_second_person_applies_it() {
    for server in TestServer::each().await {
        let first = with_three(&server).await;
        spoil(&server).await;
        let ready = run(&server, &first, false).await;
        assert_eq!(ready["state"], "ready", "{ready}");
        let figures = &ready["figures"];
        let told = [
            "customers_before",
            "customers_after",
            "merges",
            "splits",
            "moved",
        ];
        let told = told.map(|name| figures[name].as_i64().unwrap());
        assert_eq!(told, [3, 3, 1, 1, 1], "{figures}");
        assert_eq!(figures["sizes_before"]["two"], 1);
        assert_eq!(ready["curve"].as_array().unwrap().len(), 61);
        let changes = ready["changes"].as_array().unwrap();
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0]["before"][0]["number"], number(2));
        assert_eq!(changes[0]["after"][1]["number"], Value::Null);
        assert_eq!(changes[1]["after"][0]["number"], number(1));
        assert!(changes[1]["bits"].as_f64().unwrap() > 5.6, "{changes:?}");
        // Nothing has changed yet, and nobody applies what they started themselves.
        let page = server.get(&first, "/customers").await.json();
        assert_eq!(page["items"].as_array().unwrap().len(), 3);
        let mine = decide(&server, &first, &ready, "apply").await.expect(409);
        assert_eq!(mine.code(), "second_person_needed");
        let applied = apply(&server, &ready).await;
        assert_eq!(applied["state"], "applied", "{applied}");
        assert_eq!(applied["decided_by"], "administrator");
        assert_divided(&server).await;
        assert_folded(&server).await;
        let address = format!("/customers/{}/merges", number(1));
        let merges = server.get(&first, &address).await.json();
        assert_eq!(merges["items"][0]["reason"], "joined_by_strong_key");
        let auditor = server.token(Role::Auditor).await;
        let told = server
            .get(&auditor, "/audit?subject=linkage_run/1")
            .await
            .json();
        let actions = told["items"].as_array().unwrap().iter();
        let actions: Vec<&str> = actions.map(|it| it["action"].as_str().unwrap()).collect();
        let expected = [
            "linkage_run.applied",
            "linkage_run.approved",
            "linkage_run.started",
        ];
        assert_eq!(actions, expected);
        // A run over a book that is as linkage says changes nothing.
        let again = run(&server, &first, false).await;
        assert_eq!(again["figures"]["merges"], 0);
        assert_eq!(again["changes"], json!([]));
    }
}

#[tokio::test]
async fn what_persons_decided_outlasts_a_run() {
    for server in TestServer::each().await {
        let first = with_three(&server).await;
        let merge = json!({ "absorbed": number(3), "reason": "本人说明" });
        let address = format!("/customers/{}/merges", number(2));
        server.post(&first, &address, &merge).await;
        let other = server.token(Role::Administrator).await;
        let agreed = json!({ "agrees": true, "reason": "属实" });
        server
            .post(&other, "/reviews/1/second-opinion", &agreed)
            .await;
        let page = server.get(&first, "/customers").await.json();
        assert_eq!(page["items"].as_array().unwrap().len(), 2);
        let ready = run(&server, &first, false).await;
        assert_eq!(ready["figures"]["customers_after"], 2, "{ready}");
        assert_eq!(ready["changes"], json!([]));
    }
}

#[tokio::test]
async fn one_run_of_a_family_at_a_time_and_discarding_makes_room() {
    for server in TestServer::each().await {
        let first = with_three(&server).await;
        let ready = run(&server, &first, false).await;
        let wanted = json!({ "family": "person", "reason": "再来一次" });
        let refused = server.post(&first, "/linkage/runs", &wanted).await;
        let refused = refused.expect(409).json();
        assert_eq!(refused["code"], "linkage_run_open");
        assert_eq!(
            refused["title"]["zh"],
            "同类记录的任务 1 尚未结束，请先应用或放弃"
        );
        let other = json!({ "family": "organisation", "reason": "机构另算" });
        let other = server.post(&first, "/linkage/runs", &other).await;
        other.expect(202);
        let discarded = decide(&server, &first, &ready, "discard").await;
        assert_eq!(discarded.expect(200).json()["state"], "discarded");
        let late = decide(&server, &first, &ready, "discard").await;
        late.expect(409);
        let again = server.post(&first, "/linkage/runs", &wanted).await;
        again.expect(202);
        let page = server
            .get(&first, "/linkage/runs?family=person&limit=1")
            .await;
        let page = page.expect(200).json();
        assert_eq!(page["count"]["value"], 2);
        assert_eq!(page["items"][0]["reason"], "再来一次");
        let next = page["next"].as_str().unwrap();
        let next = format!("/linkage/runs?family=person&limit=1&after={next}");
        let next = server.get(&first, &next).await.expect(200).json();
        assert_eq!(next["items"][0]["state"], "discarded");
        assert_eq!(next["items"][0]["changes"], Value::Null);
        let unknown = server.get(&first, "/linkage/runs/99").await.expect(404);
        assert_eq!(unknown.code(), "unknown_linkage_run");
    }
}

#[tokio::test]
async fn a_run_that_was_cut_off_has_failed_and_can_be_started_again() {
    for server in TestServer::each().await {
        let first = with_three(&server).await;
        // As a server leaves it that was switched off long ago.
        let (mut transaction, _) = server.store.write().await.unwrap();
        let left = "insert into linkage_run (id, family, state, learn, started_at, started_by, reason, base_model_id, \
            stage, done, total, holder, held_until) \
            values (900, 1, 'applying', false, 1, 'steward', 'x', 0, 'writing', 0, 0, 7, 1)";
        transaction.execute(left, []).await.unwrap();
        transaction.commit().await.unwrap();
        let wanted = json!({ "family": "person", "reason": "再来一次" });
        let refused = server.post(&first, "/linkage/runs", &wanted).await;
        refused.expect(409);
        end_left_runs(&server.store).await.unwrap();
        let failed = settled(&server, &first, "900").await;
        assert_eq!(failed["state"], "failed");
        let problem = "执行此任务的进程已中断，未作任何更改，请重新发起";
        assert_eq!(failed["problem"]["zh"], problem);
        let again = run(&server, &first, false).await;
        assert_eq!(again["state"], "ready");
    }
}

#[tokio::test]
async fn a_book_that_is_too_small_teaches_nothing() {
    let server = TestServer::embedded().await;
    let first = with_three(&server).await;
    let failed = run(&server, &first, true).await;
    assert_eq!(failed["state"], "failed");
    let problem = "仅有 4 条记录，不足以学习模型（至少 500 条）";
    assert_eq!(failed["problem"]["zh"], problem);
}

#[tokio::test]
async fn the_card_says_what_the_model_weighs_and_what_the_last_run_found() {
    for server in TestServer::each().await {
        let first = with_three(&server).await;
        let card = server.get(&first, "/linkage/models/person").await;
        let card = card.expect(200).json();
        assert_eq!((&card["id"], &card["book"]), (&json!("0"), &Value::Null));
        assert_eq!(card["guards"][0]["action"], "link");
        assert_eq!(card["fields"][0]["label"]["zh"], "姓名/名称");
        let levels = card["fields"][0]["levels"].as_array().unwrap();
        assert_eq!(levels[0]["agreement"], "same");
        assert_eq!(levels[0]["bits"].as_array().unwrap().len(), 8);
        assert!(!card["rules"].as_array().unwrap().is_empty());
        run(&server, &first, false).await;
        let card = server.get(&first, "/linkage/models/person").await.json();
        let book = &card["book"];
        assert_eq!(
            (&book["records"], &book["customers"]),
            (&json!(4), &json!(3))
        );
        assert_eq!(
            (&book["sizes"]["one"], &book["sizes"]["two"]),
            (&json!(2), &json!(1))
        );
        let file = server.get(&first, "/linkage/models/person/file").await;
        let file = String::from_utf8(file.expect(200).bytes).unwrap();
        let model: linkage::Model = toml::from_str(&file).unwrap();
        assert_eq!(model.fields[0].name, "name");
        let unknown = server.get(&first, "/linkage/models/nobody").await;
        assert!(unknown.status.is_client_error());
    }
}

#[tokio::test]
async fn a_learnt_model_divides_the_book_and_whoever_arrives_afterwards() {
    for server in TestServer::each().await {
        import_sample(&server, "core", 11, 1_200).await;
        let first = server.token(Role::Steward).await;
        let ready = run(&server, &first, true).await;
        assert_eq!(ready["state"], "ready", "{ready}");
        let applied = apply(&server, &ready).await;
        assert_eq!(applied["state"], "applied", "{applied}");
        let card = server.get(&first, "/linkage/models/person").await.json();
        assert_eq!(
            (&card["id"], &card["learnt_records"]),
            (&json!("1"), &json!(1200))
        );
        assert_eq!(card["actor"], "administrator");
        assert_eq!(
            card["book"]["customers"],
            applied["figures"]["customers_after"]
        );
        assert!(card["threshold_bits"].as_f64().unwrap() >= 5.6);
        assert_divided(&server).await;
        assert_folded_all(&server).await;
        // Others of the same people, and a few whom nobody knows.
        import_sample(&server, "crm", 11, 300).await;
        import_sample(&server, "shop", 12, 60).await;
        assert_divided(&server).await;
        let rows = [
            format!("1,张三,{FIRST_NUMBER},13812345678,"),
            format!("2,張三,{FIRST_NUMBER},,"),
        ];
        import(&server, "late", &[&rows[0], &rows[1]]).await;
        assert_divided(&server).await;
    }
}

#[tokio::test]
async fn what_comes_in_while_a_run_is_applied_is_divided_with_the_rest() {
    for server in TestServer::each().await {
        import_sample(&server, "core", 21, 700).await;
        import(&server, "counter", &["first,张三,,,"]).await;
        let first = server.token(Role::Steward).await;
        let ready = run(&server, &first, true).await;
        let token = server.token(Role::Administrator).await;
        decide(&server, &token, &ready, "apply").await.expect(202);
        let address = format!("/linkage/runs/{}", ready["id"].as_str().unwrap());
        let mut meanwhile = 0;
        for row in 0.. {
            tell_one(&server, "first", 33, row).await;
            let state = server.get(&first, &address).await.json()["state"].clone();
            if state != "applying" {
                assert_eq!(state, "applied");
                break;
            }
            meanwhile += 1;
        }
        assert!(meanwhile > 0, "nothing came in meanwhile");
        // Whoever came in meanwhile is found under the new model like anybody else.
        for row in 0..meanwhile {
            tell_one(&server, "again", 33, row).await;
        }
        assert_divided(&server).await;
        assert_folded_all(&server).await;
    }
}
