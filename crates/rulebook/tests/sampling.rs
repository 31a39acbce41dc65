//! Samples: their size within bounds, and the same keys for the same seed.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod support;

use std::collections::BTreeSet;

use proptest::prelude::*;
use rulebook::{Batch, BatchBuilder, Pack, Rule, SamplingPlan, Value};
use support::{SAID, facts, loaded, refused, rule};

/// Branch of a row, and whether it is closed, as far as they are known.
type Said = (Option<u8>, Option<bool>);

fn plan(rest: &str, given: u32, expect: u32) -> String {
    let declared = facts(&["a.branch text", "a.closed boolean", "a.age integer"]);
    format!(
        "{declared}[[sampling]]\nid = \"review\"\n{SAID}{rest}example = [{{ given = {given}, expect = {expect} }}]\n"
    )
}

fn usual() -> String {
    plan(
        "of = '!a.closed'\nby = \"a.branch\"\nshare = 5\nleast = 30\nmost = 500\n",
        1000,
        50,
    )
}

fn drawn_by(pack: &Pack) -> &SamplingPlan {
    let Rule::Sampling(plan) = rule(pack, "review") else {
        panic!("no plan");
    };
    plan
}

/// Rows of branch and whether it is closed, of which some know neither.
fn rows(pack: &Pack, rows: &[Said]) -> Batch {
    let places = ["a.branch", "a.closed"].map(|name| pack.foundation.facts.place(name).unwrap());
    let mut builder = BatchBuilder::new(&pack.foundation.facts, rows.len());
    for (branch, closed) in rows {
        let branch = branch.map(|branch| (places[0], Value::Text(branch.to_string())));
        let closed = closed.map(|closed| (places[1], Value::Boolean(closed)));
        let known: Vec<_> = branch.into_iter().chain(closed).collect();
        builder.push(&known).unwrap();
    }
    builder.finish()
}

fn keys(plan: &SamplingPlan, pack: &Pack, all: &[(u64, Said)], seed: u64) -> BTreeSet<u64> {
    let (keys, said): (Vec<u64>, Vec<_>) = all.iter().copied().unzip();
    let drawn = plan.draw(&rows(pack, &said), &keys, seed);
    drawn.into_iter().map(|row| keys[row]).collect()
}

#[test]
fn a_share_is_rounded_up_and_kept_within_its_bounds() {
    let (pack, coverage) = loaded(&usual());
    assert_eq!((coverage.covered, coverage.examples), (1, 1));
    let plan = drawn_by(&pack);
    let sizes = [0, 7, 30, 31, 601, 1_000, 1_001, 10_000, 1_000_000].map(|size| plan.size(size));
    assert_eq!(sizes, [0, 7, 30, 30, 31, 50, 51, 500, 500]);
    let (pack, _) = loaded(&plan_of_a_hundredth());
    assert_eq!(drawn_by(&pack).size(10_000), 1);
    assert_eq!(drawn_by(&pack).size(10_001), 2);
}

fn plan_of_a_hundredth() -> String {
    plan("share = 0.01\n", 100, 1)
}

#[test]
fn whoever_a_missing_fact_leaves_open_may_be_drawn() {
    let (pack, _) = loaded(&usual());
    let all = [
        (1, (Some(1), Some(true))),
        (2, (Some(1), None)),
        (3, (None, Some(false))),
    ];
    let found = keys(drawn_by(&pack), &pack, &all, 1);
    assert_eq!(found, BTreeSet::from([2, 3]));
}

#[test]
fn another_seed_draws_others() {
    let (pack, _) = loaded(&plan("share = 10\n", 100, 10));
    let all: Vec<_> = (0..1_000).map(|key| (key, (None, None))).collect();
    let draws: BTreeSet<_> = (0..20)
        .map(|seed| keys(drawn_by(&pack), &pack, &all, seed))
        .collect();
    assert_eq!(draws.len(), 20);
    // Nobody is drawn much more often than others.
    let often = |key: u64| draws.iter().filter(|draw| draw.contains(&key)).count();
    assert!((0..1_000).all(|key| often(key) < 12));
}

#[test]
fn mistakes_of_a_plan_are_told_once() {
    let rules = usual();
    refused(
        &rules,
        "by = \"a.branch\"",
        "by = \"a.age\"",
        "wrong_type",
        "\"a.age\"",
    );
    refused(
        &rules,
        "by = \"a.branch\"",
        "by = \"a.unit\"",
        "unknown_fact",
        "\"a.unit\"",
    );
    refused(
        &rules,
        "share = 5\n",
        "share = 101\n",
        "sampling",
        "[[sampling]]",
    );
    refused(&rules, "share = 5\n", "share = -5\n", "number", "-5");
    refused(&rules, "share = 5\n", "share = 0.005\n", "number", "0.005");
    refused(&rules, "share = 5\n", "", "missing", "[[sampling]]");
    refused(
        &rules,
        "most = 500",
        "most = 20",
        "sampling",
        "[[sampling]]",
    );
    refused(&rules, "expect = 50", "expect = 51", "example", "{ given");
}

fn population() -> impl Strategy<Value = Vec<(u64, Said)>> {
    let row = (prop::option::of(0_u8..4), prop::option::of(any::<bool>()));
    prop::collection::btree_map(any::<u64>(), row, 0..300)
        .prop_map(|rows| rows.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_does_not_matter(all in population().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())), seed: u64) {
        let (pack, _) = loaded(&plan("of = '!a.closed'\nby = \"a.branch\"\nshare = 20\nleast = 2\nmost = 9\n", 100, 9));
        let plan = drawn_by(&pack);
        prop_assert_eq!(keys(plan, &pack, &all.0, seed), keys(plan, &pack, &all.1, seed));
    }

    #[test]
    fn each_stratum_gives_as_many_as_its_size_says(all in population(), seed: u64) {
        let (pack, _) = loaded(&plan("of = '!a.closed'\nby = \"a.branch\"\nshare = 20\nleast = 2\nmost = 9\n", 100, 9));
        let plan = drawn_by(&pack);
        let drawn = keys(plan, &pack, &all, seed);
        for branch in [None, Some(0), Some(1), Some(2), Some(3)] {
            let open = all.iter().filter(|(_, (own, closed))| *own == branch && *closed != Some(true));
            let own: Vec<u64> = open.map(|(key, _)| *key).collect();
            let count = own.iter().filter(|key| drawn.contains(key)).count();
            prop_assert_eq!(count, plan.size(own.len()));
            prop_assert!(count <= 9 && (count >= 2 || count == own.len()));
        }
        let closed = all.iter().filter(|(_, (_, closed))| *closed == Some(true));
        prop_assert!(closed.into_iter().all(|(key, _)| !drawn.contains(key)));
    }
}
