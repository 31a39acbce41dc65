//! The law of un-merging: whatever was merged, in whatever order it is taken back and whatever came
//! in between, afterwards everything is as in a register where nobody merged anything.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use server::register::{members_of, redirect_of, view_customer};
use server::resolution::{Decider, Joined, join, part};

use crate::book::{assert_folded, import, number};
use crate::support::TestServer;

const CUSTOMERS: i64 = 6;
const DECIDER: Decider<'_> = Decider {
    actor: "tester",
    reason: "a law",
};

/// Nobody resembles anybody, so nothing but the steps brings them together.
const NAMES: [&str; 18] = [
    "赵大海",
    "钱红梅",
    "孙立军",
    "李春燕",
    "周志强",
    "吴丽华",
    "郑国庆",
    "王秀兰",
    "冯子轩",
    "陈雅琴",
    "褚建平",
    "卫思远",
    "蒋文博",
    "沈玉洁",
    "韩少峰",
    "杨晓东",
    "朱美玲",
    "秦万里",
];

fn mobile(step: usize) -> String {
    format!("139{:08}", (step * 27_654_321 + 1_234_567) % 100_000_000)
}

/// One thing that happens. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    Merge(usize, usize),
    Undo(usize),
    /// A new version of a record that is there, and a record of somebody new.
    Import(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..6_usize, 0..6_usize).prop_map(|(one, other)| Step::Merge(one, other)),
        2 => any::<usize>().prop_map(Step::Undo),
        1 => (0..6_usize).prop_map(Step::Import),
    ];
    prop::collection::vec(step, 1..12)
}

/// Whom each series belongs to, where each number leads, and what the views say but for times.
async fn state(server: &TestServer) -> (BTreeMap<i64, i64>, Vec<i64>, Vec<Value>) {
    let mut transaction = server.store.database.read().await.unwrap();
    let customers: Vec<i64> = (1..=CUSTOMERS).collect();
    let members = members_of(&mut transaction, &customers).await.unwrap();
    let standing = members.into_iter().filter(|member| member.until.is_none());
    let partition = standing
        .map(|member| (member.series, member.customer))
        .collect();
    let mut leads_to = Vec::new();
    let mut views = Vec::new();
    for customer in customers {
        let number = number(customer).parse().unwrap();
        leads_to.push(redirect_of(&mut transaction, number).await.unwrap().0);
        let view = view_customer(&server.store, number, None).await.unwrap();
        views.push(without_times(serde_json::to_value(view).unwrap()));
    }
    (partition, leads_to, views)
}

fn without_times(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| !name.ends_with("_at"))
            .map(|(name, value)| (name, without_times(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_times).collect(),
        other => other,
    }
}

async fn begin(server: &TestServer) {
    let rows: Vec<String> = (1..=CUSTOMERS)
        .zip(NAMES)
        .map(|(key, name)| format!("{key},{name},,,"))
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    import(server, "core", &rows).await;
}

async fn bring(server: &TestServer, step: usize, which: usize) {
    let (name, mobile, other) = (NAMES[which], mobile(step), NAMES[6 + step % 12]);
    let changed = format!("{},{name},,{mobile},", which + 1);
    import(
        server,
        "core",
        &[&changed, &format!("new{step},{other},,,")],
    )
    .await;
}

async fn merge(server: &TestServer, one: usize, other: usize, standing: &mut Vec<i64>) {
    let number = |place: usize| number(i64::try_from(place).unwrap() + 1).parse().unwrap();
    let pair = (number(one), number(other));
    // Two that are one already are refused; that is a step too.
    if let Ok(Joined::Merged { merge, .. }) = join(&server.store, DECIDER, pair).await {
        standing.push(merge);
    }
}

async fn run(server: &TestServer, steps: &[Step], order: &[usize]) {
    let control = TestServer::embedded().await;
    begin(server).await;
    begin(&control).await;
    let mut standing = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        match step {
            Step::Merge(one, other) => merge(server, *one, *other, &mut standing).await,
            Step::Undo(which) => undo(server, *which, &mut standing).await,
            Step::Import(which) => {
                bring(server, place, *which).await;
                bring(&control, place, *which).await;
            }
        }
        assert_folded(server).await;
    }
    for which in order.iter().chain(&[0; 12]) {
        undo(server, *which, &mut standing).await;
        assert_folded(server).await;
    }
    let (after, expected) = (state(server).await, state(&control).await);
    assert_eq!(after.0, expected.0, "memberships");
    assert_eq!(after.1, expected.1, "numbers");
    assert_eq!(after.2, expected.2, "views");
}

async fn undo(server: &TestServer, which: usize, standing: &mut Vec<i64>) {
    if !standing.is_empty() {
        let merge = standing.remove(which % standing.len());
        part(&server.store, DECIDER, merge).await.unwrap();
    }
}

#[test]
fn taking_back_all_merges_in_any_order_restores_everything() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config {
        cases: 8,
        failure_persistence: None,
        ..Config::default()
    });
    let order = prop::collection::vec(any::<usize>(), 12);
    let outcome = runner.run(&(steps(), order), |(steps, order)| {
        runtime.block_on(async {
            for server in TestServer::each().await {
                run(&server, &steps, &order).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}

#[tokio::test]
async fn a_part_taken_out_and_merged_elsewhere_is_not_drawn_back() {
    // C joins B, B joins A, C is taken out and joins A by itself; then B is taken out.
    for server in TestServer::each().await {
        let steps = [
            Step::Merge(1, 2),
            Step::Merge(0, 1),
            Step::Undo(0),
            Step::Merge(0, 2),
            Step::Undo(0),
        ];
        run(&server, &steps, &[]).await;
    }
}
