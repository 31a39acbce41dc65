//! Packs upon each other, and which of their editions are in force.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use rulebook::{
    Edition, Foundation, Identity, Label, Layer, Pack, Stack, Validity, check_builds_on,
    identity_of, in_force, load, ordered,
};
use support::{SAID, facts, files, head, told};

fn condition(id: &str, when: &str) -> String {
    let shown = "{ given = { \"a.age\" = 90 }, expect = true }, { given = { \"a.age\" = 1 }, expect = false }, { given = {}, expect = \"missing\" }";
    format!("[[condition]]\nid = \"{id}\"\n{SAID}when = '{when}'\nexample = [{shown}]\n")
}

#[track_caller]
fn pack(id: &str, layer: &str, rules: &str, stack: &Stack) -> Result<Arc<Pack>, Vec<String>> {
    let mut files = files(rules);
    files.insert("pack.toml".to_owned(), head(id, layer));
    let loaded = load(&files, &stack.foundation);
    loaded
        .map(|(pack, _)| Arc::new(pack))
        .map_err(|problems| told(&problems))
}

/// A stack of a base pack with two rules.
fn base() -> Stack {
    let mut stack = Stack::new(Foundation::default());
    let rules = facts(&["a.age integer"])
        + &condition("old", "a.age > 60")
        + &condition("grown", "a.age >= 18");
    let base = pack("base", "base", &rules, &stack).unwrap();
    stack.lay(base).unwrap();
    stack
}

#[test]
fn a_later_pack_replaces_a_rule_by_its_id_and_says_where_it_came_from() {
    let mut stack = base();
    let own = pack(
        "own",
        "institution",
        &condition("old", "a.age > 70"),
        &stack,
    )
    .unwrap();
    stack.lay(own).unwrap();
    let branch = pack(
        "east",
        "institution",
        &condition("old", "a.age > 75"),
        &stack,
    )
    .unwrap();
    stack.lay(branch).unwrap();
    let ruling = &stack.rulings["old"];
    assert_eq!(
        (ruling.pack, ruling.replaces.as_slice()),
        (2, [0, 1].as_slice())
    );
    let text = |id: &str| match stack.rule(id) {
        Some(rulebook::Rule::Condition(condition)) => condition.text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        (text("old"), text("grown")),
        ("a.age > 75".to_owned(), "a.age >= 18".to_owned())
    );
    assert_eq!(stack.rulings["grown"].replaces, [0; 0]);
    let ids: Vec<&str> = stack.rules().map(|rule| rule.head().id.as_str()).collect();
    assert_eq!(ids, ["grown", "old"]);
    assert!(stack.takes(Layer::Branch) && !stack.takes(Layer::Base));
}

#[test]
fn a_rule_of_another_kind_does_not_replace() {
    let mut stack = base();
    let mask = format!(
        "[[mask]]\nid = \"old\"\n{SAID}attribute = \"a\"\nshape = \"all\"\nexample = [{{ given = \"a\", expect = \"*\" }}]\n"
    );
    let other = pack("other", "institution", &mask, &stack).unwrap();
    assert_eq!(stack.lay(other).unwrap_err(), ["old"]);
    assert_eq!((stack.packs.len(), stack.rulings["old"].pack), (1, 0));
}

#[test]
fn a_pack_may_say_the_same_of_a_fact_again_but_nothing_else() {
    let stack = base();
    let again = facts(&["a.age integer"]) + &condition("very-old", "a.age > 80");
    let same = pack("same", "industry", &again, &stack).unwrap();
    let place = |pack: &Foundation| pack.facts.place("a.age");
    assert_eq!(place(&same.foundation), place(&stack.foundation));
    let otherwise = again.replace("type = \"integer\"", "type = \"number\"");
    let problems = pack("other", "industry", &otherwise, &stack).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].contains("fact a.age is declared otherwise before"),
        "{problems:?}"
    );
}

#[test]
fn a_later_pack_derives_a_fact_anew_for_all() {
    let derived = |value: &str, expect: i32| {
        format!(
            "[[derived]]\nid = \"a.double\"\n{SAID}type = \"integer\"\nvalue = '{value}'\nexample = [{{ given = {{ \"a.age\" = 1 }}, expect = {expect} }}, {{ given = {{}}, expect = \"missing\" }}]\n"
        )
    };
    let mut stack = base();
    let one = pack("one", "industry", &derived("a.age * 2", 2), &stack).unwrap();
    stack.lay(one).unwrap();
    let two = pack("two", "institution", &derived("a.age * 2 + 1", 3), &stack).unwrap();
    stack.lay(two).unwrap();
    let age = stack.foundation.facts.place("a.age").unwrap();
    let known = vec![(age, rulebook::Value::Integer(10))];
    let verdict = stack
        .rule("a.double")
        .unwrap()
        .verdict(&known, &stack.foundation);
    assert_eq!(
        verdict.map(|verdict| verdict.outcome).as_deref(),
        Some("21")
    );
}

/// A pack of an id on a layer that builds on others.
fn identity(id: &str, layer: Layer, builds_on: &[&str]) -> Identity {
    Identity {
        id: id.to_owned(),
        version: "1".to_owned(),
        label: Label::default(),
        layer,
        branch: (layer == Layer::Branch).then(|| "east".to_owned()),
        validity: Validity { from: 1, to: None },
        builds_on: builds_on.iter().map(|id| (*id).to_owned()).collect(),
    }
}

#[test]
fn a_pack_lies_upon_those_of_its_layer_that_it_builds_on_whatever_they_are_called() {
    use Layer::{Base, Industry, Institution};
    let all = [
        identity("a", Institution, &["b", "z", "base"]),
        identity("z", Institution, &[]),
        identity("base", Base, &[]),
        identity("b", Institution, &["c"]),
        identity("c", Institution, &["trade"]),
        identity("trade", Industry, &["z"]),
    ];
    let all: Vec<&Identity> = all.iter().collect();
    let order: Vec<&str> = ordered(&all)
        .into_iter()
        .map(|place| all[place].id.as_str())
        .collect();
    assert_eq!(order, ["base", "trade", "c", "b", "z", "a"]);
}

#[track_caller]
fn misplaced(builds_on: &str, others: &[Identity]) -> Vec<String> {
    let mut files = files("");
    let text =
        head("own", "institution").replace("files =", &format!("builds_on = {builds_on}\nfiles ="));
    files.insert("pack.toml".to_owned(), text);
    assert!(identity_of(&files).is_some());
    let others: Vec<&Identity> = others.iter().collect();
    told(&check_builds_on(&files, &others))
}

#[test]
fn a_pack_that_cannot_lie_beneath_is_told_where_it_is_named() {
    use Layer::{Branch, Institution};
    let others = [
        identity("one", Institution, &["two"]),
        identity("two", Institution, &["own"]),
        identity("sound", Institution, &["two-more"]),
        identity("two-more", Institution, &["sound"]),
        identity("east", Branch, &[]),
    ];
    assert_eq!(misplaced("[\"sound\"]", &others), [""; 0]);
    let found = misplaced(
        "[\"sound\", \"one\", \"own\", \"nobody\", \"east\"]",
        &others,
    );
    let reasons: Vec<&str> = found
        .iter()
        .filter_map(|told| told.lines().next())
        .collect();
    assert_eq!(
        reasons,
        [
            "pack.toml:6:23: packs build on each other in a circle: own → one → two → own",
            "pack.toml:6:30: packs build on each other in a circle: own → own",
            "pack.toml:6:37: there is no pack nobody to build on",
            "pack.toml:6:47: the pack east lies on the layer branch, above this one",
        ]
    );
}

fn edition(id: u8, from: i32, to: Option<i32>, branch: Option<u8>, order: u64) -> Edition {
    let layer = if branch.is_some() {
        Layer::Branch
    } else {
        Layer::Base
    };
    let identity = Identity {
        id: format!("p{id}"),
        version: order.to_string(),
        label: Label::default(),
        layer,
        branch: branch.map(|branch| branch.to_string()),
        validity: Validity { from, to },
        builds_on: Vec::new(),
    };
    Edition { identity, order }
}

/// Editions of a few packs; each pack is for one branch or for all, and has at most one edition of an order.
fn editions() -> impl Strategy<Value = Vec<Edition>> {
    let one = (0_u8..6, 0_i32..30, prop::option::of(0_i32..20));
    prop::collection::vec(one, 0..14).prop_map(|all| {
        let edition = |(order, (id, from, length)): (usize, (u8, i32, Option<i32>))| {
            let branch = (id > 3).then_some(id % 2);
            let to = length.map(|length| from + length);
            let mut edition = edition(id, from, to, branch, order as u64);
            // Each builds on the two behind it, so that no ids alone give the order.
            edition.identity.builds_on = vec![format!("p{}", id + 1), format!("p{}", id + 2)];
            edition
        };
        all.into_iter().enumerate().map(edition).collect()
    })
}

#[test]
fn the_edition_that_began_last_counts_and_the_later_switched_on_of_two() {
    let all = [
        edition(0, 10, None, None, 0),
        edition(0, 20, Some(25), None, 1),
        edition(0, 20, Some(29), None, 2),
    ];
    let on = |day| in_force(&all, day, None);
    assert_eq!([on(9), on(10), on(19)], [vec![], vec![0], vec![0]]);
    assert_eq!([on(20), on(29), on(30)], [vec![2], vec![2], vec![]]);
}

#[test]
fn packs_of_a_branch_lie_above_the_others_for_that_branch_alone() {
    let all = [
        edition(3, 1, None, Some(1), 0),
        edition(0, 1, None, None, 1),
    ];
    assert_eq!(in_force(&all, 5, None), [1]);
    assert_eq!(in_force(&all, 5, Some("0")), [1]);
    assert_eq!(in_force(&all, 5, Some("1")), [1, 0]);
}

proptest! {
    #[test]
    fn the_order_of_editions_does_not_matter(pair in editions().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())), day in 0_i32..60, branch in 0_u8..3) {
        let branch = branch.to_string();
        let found = |all: &[Edition]| -> Vec<Edition> {
            let places = in_force(all, day, Some(&branch));
            places.into_iter().map(|place| all[place].clone()).collect()
        };
        prop_assert_eq!(found(&pair.0), found(&pair.1));
    }

    #[test]
    fn one_edition_of_a_pack_is_in_force_from_its_first_day_to_its_last(all in editions(), day in 0_i32..60, branch in prop::option::of(0_u8..3)) {
        let branch = branch.map(|branch| branch.to_string());
        let found = in_force(&all, day, branch.as_deref());
        let ids: BTreeSet<&str> = found.iter().map(|place| all[*place].identity.id.as_str()).collect();
        prop_assert_eq!(ids.len(), found.len());
        for place in &found {
            let identity = &all[*place].identity;
            prop_assert!(identity.validity.covers(day));
            prop_assert!(identity.branch.is_none() || identity.branch == branch);
            let later = all.iter().filter(|other| other.identity.id == identity.id && other.identity.validity.from <= day);
            prop_assert!(later.into_iter().all(|other| other.identity.validity.from <= identity.validity.from));
        }
        let layers: Vec<Layer> = found.iter().map(|place| all[*place].identity.layer).collect();
        prop_assert!(layers.is_sorted());
        for (above, place) in found.iter().enumerate() {
            let identity = &all[*place].identity;
            let beneath = |other: &Identity| other.layer == identity.layer && identity.builds_on.contains(&other.id);
            prop_assert!(found[above..].iter().all(|other| !beneath(&all[*other].identity)));
        }
    }
}
