//! Splits: some records of a customer become a customer of their own.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use server::access::Role;
use server::register::{members_of, view_customer};
use server::resolution::{Decider, Joined, join, part, split};

use crate::book::{FIRST_NUMBER, assert_folded, import, number};
use crate::support::TestServer;

const DECIDER: Decider<'_> = Decider {
    actor: "tester",
    reason: "a law",
};

/// One customer with three records, and a steward's token.
async fn with_one(server: &TestServer) -> String {
    let row =
        |key: &str, name: &str, mobile: &str| format!("{key},{name},{FIRST_NUMBER},{mobile},");
    import(server, "core", &[&row("1", "张三", "13812345678")]).await;
    import(server, "crm", &[&row("A", "張三", "13700001111")]).await;
    import(server, "card", &[&row("X", "Zhang San", "13900002222")]).await;
    server.token(Role::Steward).await
}

async fn records_of(server: &TestServer, token: &str, sequence: i64) -> Vec<(String, Value)> {
    let address = format!("/customers/{}/records", number(sequence));
    let page = server.get(token, &address).await.expect(200).json();
    let items = page["items"].as_array().unwrap().clone();
    items
        .into_iter()
        .map(|item| (item["source"].as_str().unwrap().to_owned(), item))
        .collect()
}

async fn sources_of(server: &TestServer, token: &str, sequence: i64) -> Vec<String> {
    let records = records_of(server, token, sequence).await;
    records.into_iter().map(|(source, _)| source).collect()
}

#[tokio::test]
async fn chosen_records_become_a_customer_of_their_own_that_no_machine_joins_again() {
    for server in TestServer::each().await {
        let token = with_one(&server).await;
        let records = records_of(&server, &token, 1).await;
        let chosen = json!([records[1].1["series"]]);
        let address = format!("/customers/{}/splits", number(1));
        let preview = format!("{address}/preview");
        let preview = server
            .post(&token, &preview, &json!({ "series": chosen }))
            .await;
        let preview = preview.expect(200).json();
        assert_eq!(preview["stays"]["number"], number(1));
        assert_eq!(preview["stays"]["records"], 2);
        assert_eq!(preview["leaves"]["number"], Value::Null);
        assert_eq!(preview["leaves"]["name"], "張三");
        assert_eq!(preview["leaves"]["mobile"], "137****1111");
        assert_eq!(preview["shares_number"], true);
        assert_eq!(sources_of(&server, &token, 1).await.len(), 3);
        let body = json!({ "series": chosen, "reason": "冒用身份" });
        let split = server
            .post(&token, &address, &body)
            .await
            .expect(201)
            .json();
        assert_eq!(split["number"], number(1));
        let new = split["new_number"].as_str().unwrap();
        assert_eq!(sources_of(&server, &token, 1).await, ["card", "core"]);
        assert_folded(&server).await;
        let view = server.get(&token, &format!("/customers/{new}")).await;
        assert_eq!(view.expect(200).json()["name"], "張三");
        for (whose, en) in [
            (
                number(1),
                format!("1 records were split off as {new}: 冒用身份"),
            ),
            (
                new.to_owned(),
                format!("1 records were split off from {}: 冒用身份", number(1)),
            ),
        ] {
            let address = format!("/customers/{whose}/timeline");
            let timeline = server.get(&token, &address).await.expect(200).json();
            assert_eq!(timeline["items"][0]["kind"], "split");
            assert_eq!(timeline["items"][0]["text"]["en"], en);
        }
        // A new version of each record asks again, with the same number and an agreeing name.
        let again = format!("A,张三,{FIRST_NUMBER},13700003333,");
        import(&server, "crm", &[&again]).await;
        let again = format!("1,张三,{FIRST_NUMBER},13800003333,");
        import(&server, "core", &[&again]).await;
        let page = server.get(&token, "/customers").await.json();
        assert_eq!(page["count"]["value"], 2);
        let auditor = server.token(Role::Auditor).await;
        let log = server.get(&auditor, "/audit?action=customer.split").await;
        assert_eq!(
            log.json()["items"][0]["subject"],
            format!("customer/{}", number(1))
        );
    }
}

#[tokio::test]
async fn what_was_true_before_a_split_stays_true_of_then() {
    for server in TestServer::each().await {
        let token = with_one(&server).await;
        let view = server
            .get(&token, &format!("/customers/{}", number(1)))
            .await;
        let before = view.json();
        let records = records_of(&server, &token, 1).await;
        let times = records
            .iter()
            .map(|(_, record)| record["recorded_at"].as_str().unwrap());
        let moment = times.max().unwrap();
        let body = json!({ "series": [records[0].1["series"]], "reason": "x" });
        let address = format!("/customers/{}/splits", number(1));
        server.post(&token, &address, &body).await.expect(201);
        let then = format!("/customers/{}?as_of={moment}", number(1));
        let then = server.get(&token, &then).await.expect(200).json();
        assert_eq!(then["records_count"], 3);
        assert_eq!(then["groups"], before["groups"]);
    }
}

#[tokio::test]
async fn what_cannot_be_split_is_refused_and_says_why() {
    let server = TestServer::embedded().await;
    let token = with_one(&server).await;
    let address = format!("/customers/{}/splits", number(1));
    let all: Vec<Value> = records_of(&server, &token, 1)
        .await
        .into_iter()
        .map(|(_, record)| record["series"].clone())
        .collect();
    let ask = async |series: Value, reason: &str| {
        let body = json!({ "series": series, "reason": reason });
        server.post(&token, &address, &body).await
    };
    for series in [json!([]), json!(all), json!(["999"])] {
        assert_eq!(ask(series, "x").await.expect(400).json()["field"], "series");
    }
    assert_eq!(
        ask(json!([all[0]]), " ").await.expect(400).json()["field"],
        "reason"
    );
    assert_eq!(sources_of(&server, &token, 1).await.len(), 3);
    assert_folded(&server).await;
}

#[tokio::test]
async fn a_verdict_between_the_two_parts_is_overruled_by_a_split() {
    for server in TestServer::each().await {
        let rows = [
            format!("1,张三,{FIRST_NUMBER},,"),
            format!("2,李四,{FIRST_NUMBER},,"),
        ];
        import(&server, "core", &[&rows[0], &rows[1]]).await;
        let token = server.token(Role::Steward).await;
        let other = server.token(Role::Administrator).await;
        let same = json!({ "verdict": "same", "reason": "x" });
        let proposed = server.post(&token, "/reviews/1/decision", &same).await;
        proposed.expect(200);
        let agrees = json!({ "agrees": true, "reason": "x" });
        let seconded = server
            .post(&other, "/reviews/1/second-opinion", &agrees)
            .await;
        seconded.expect(200);
        let records = records_of(&server, &token, 1).await;
        let body = json!({ "series": [records[1].1["series"]], "reason": "查明为两人" });
        let address = format!("/customers/{}/splits", number(1));
        server.post(&token, &address, &body).await.expect(201);
        let review = server.get(&token, "/reviews/1").await.expect(200).json();
        assert_eq!(review["verdict"], "different");
        assert_eq!(review["decided"]["reason"], "查明为两人");
        assert_folded(&server).await;
    }
}

/// Whom each series belongs to, and what the view of the first customer says but for times.
async fn state(server: &TestServer) -> (BTreeMap<i64, i64>, Value) {
    let mut transaction = server.store.database.read().await.unwrap();
    let customers: Vec<i64> = (1..40).collect();
    let members = members_of(&mut transaction, &customers).await.unwrap();
    let standing = members.into_iter().filter(|member| member.until.is_none());
    let partition = standing
        .map(|member| (member.series, member.customer))
        .collect();
    let first = number(1).parse().unwrap();
    let view = view_customer(&server.store, first, None).await.unwrap();
    let view = serde_json::to_value(view).unwrap();
    (partition, view["groups"].clone())
}

/// Splits a customer of six records as the bits of `choices` say, one split after another, and
/// merges all of it back in the order given.
async fn there_and_back(server: &TestServer, choices: &[u8], last_first: bool) {
    let rows: Vec<String> = (0..6)
        .map(|key| format!("{key},张三,{FIRST_NUMBER},1380000000{key},"))
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    import(server, "core", &rows).await;
    let first = number(1).parse().unwrap();
    let before = state(server).await;
    assert_eq!(before.0.len(), 6);
    let mut made = Vec::new();
    for choice in choices {
        let standing: Vec<i64> = state(server)
            .await
            .0
            .into_iter()
            .filter(|(_, it)| *it == 1)
            .map(|(series, _)| series)
            .collect();
        let mut bits = 0..;
        let chosen: Vec<i64> = standing
            .into_iter()
            .filter(|_| choice >> bits.next().unwrap_or(0) & 1 == 1)
            .collect();
        // A choice of nothing or of everything is refused, and changes nothing.
        let asked = split(&server.store, DECIDER, first, &chosen).await;
        made.extend(asked.ok().map(|split| split.new_customer));
        assert_folded(server).await;
    }
    if last_first {
        made.reverse();
    }
    let mut merges = Vec::new();
    for customer in &made {
        let number = number(*customer).parse().unwrap();
        match join(&server.store, DECIDER, (first, number)).await.unwrap() {
            Joined::Merged { merge, survivor } => {
                assert_eq!(survivor, 1);
                merges.push(merge);
            }
            proposed @ Joined::Proposed { .. } => panic!("{proposed:?}"),
        }
        assert_folded(server).await;
    }
    assert_eq!(state(server).await, before);
    // And the merges that brought them back can be taken back: each part is on its own again.
    for merge in merges {
        part(&server.store, DECIDER, merge).await.unwrap();
        assert_folded(server).await;
    }
    let apart = state(server).await.0;
    for customer in made {
        assert!(apart.values().any(|owner| *owner == customer), "{customer}");
    }
}

#[test]
fn splitting_and_merging_back_restores_memberships_and_view() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    });
    let choices = prop::collection::vec(any::<u8>(), 1..4);
    let outcome = runner.run(&(choices, any::<bool>()), |(choices, last_first)| {
        runtime.block_on(async {
            for server in TestServer::each().await {
                there_and_back(&server, &choices, last_first).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}

/// One thing that happens to a register of six. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    Merge(i64, i64),
    Split(i64, u8),
    Undo(usize),
}

async fn take(server: &TestServer, step: &Step, standing: &mut Vec<i64>) {
    let number = |customer: i64| number(customer).parse().unwrap();
    match step {
        Step::Merge(one, other) => {
            // Two that are one already are refused; that is a step too.
            let pair = (number(*one), number(*other));
            if let Ok(Joined::Merged { merge, .. }) = join(&server.store, DECIDER, pair).await {
                standing.push(merge);
            }
        }
        Step::Split(customer, choice) => {
            let series: Vec<i64> = (1..=6).filter(|series| choice >> series & 1 == 1).collect();
            let partition = state(server).await.0;
            let holder = partition[customer];
            let chosen: Vec<i64> = series
                .into_iter()
                .filter(|series| partition[series] == holder)
                .collect();
            // A choice of nothing or of everything is refused, and changes nothing.
            let _ = split(&server.store, DECIDER, number(holder), &chosen).await;
        }
        Step::Undo(which) => {
            if !standing.is_empty() {
                let merge = standing.remove(which % standing.len());
                part(&server.store, DECIDER, merge).await.unwrap();
            }
        }
    }
}

async fn nothing_is_lost(server: &TestServer, steps: &[Step]) {
    let rows: Vec<String> = (1..=6).map(|key| format!("{key},人{key},,,")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    import(server, "core", &rows).await;
    let mut standing = Vec::new();
    for step in steps {
        take(server, step, &mut standing).await;
        assert_folded(server).await;
        let partition = state(server).await.0;
        assert_eq!(
            partition.into_keys().collect::<Vec<_>>(),
            [1, 2, 3, 4, 5, 6]
        );
    }
}

#[test]
fn whatever_is_merged_split_and_taken_back_no_record_is_lost_and_every_view_stands() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    });
    let step = prop_oneof![
        4 => (1..=6_i64, 1..=6_i64).prop_map(|(one, other)| Step::Merge(one, other)),
        3 => (1..=6_i64, any::<u8>()).prop_map(|(customer, choice)| Step::Split(customer, choice)),
        2 => any::<usize>().prop_map(Step::Undo),
    ];
    let outcome = runner.run(&prop::collection::vec(step, 1..14), |steps| {
        runtime.block_on(async {
            for server in TestServer::each().await {
                nothing_is_lost(&server, &steps).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}

#[tokio::test]
async fn a_number_that_nothing_is_left_of_still_answers_and_is_told_in_a_dump() {
    for server in TestServer::each().await {
        import(&server, "core", &["1,人1,,,", "2,人2,,,"]).await;
        let token = server.token(Role::Steward).await;
        let mut standing = Vec::new();
        let steps = [Step::Merge(1, 2), Step::Split(1, 0b10), Step::Undo(0)];
        for step in &steps {
            take(&server, step, &mut standing).await;
        }
        assert_folded(&server).await;
        let partition = state(&server).await.0;
        assert_eq!(partition.into_iter().collect::<Vec<_>>(), [(1, 3), (2, 2)]);
        let view = server
            .get(&token, &format!("/customers/{}", number(1)))
            .await;
        assert_eq!(view.expect(200).json()["records_count"], 0);
        let mut written = Vec::new();
        let purpose = server::protection::Purpose::Correction;
        let actor = server::access::Actor::operator();
        let dumped = server::operation::dump::dump(&server.store, &actor, purpose, &mut written);
        dumped.await.unwrap();
        let written = String::from_utf8(written).unwrap();
        let split = format!(
            r#"{{"split":"{}","off":"{}","records":1,"reason":"a law"}}"#,
            number(1),
            number(3)
        );
        assert!(written.lines().any(|line| line == split), "{written}");
    }
}
