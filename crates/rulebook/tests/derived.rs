//! Derived facts: upon each other in any order, never in a circle, never given.

mod support;

use proptest::prelude::*;
use rulebook::{Foundation, load};
use support::{SAID, facts, files, loaded, mistakes, refused, told, verdict};

fn derived(id: &str, kind: &str, value: &str, examples: &str) -> String {
    format!(
        "[[derived]]\nid = \"{id}\"\n{SAID}type = \"{kind}\"\nvalue = '{value}'\nexample = [\n{examples}]\n"
    )
}

/// Age of birth, whether it is a minor, and the fee that a minor does not pay.
fn chain() -> [String; 3] {
    let born = |born: &str| format!("{{ \"a.born\" = {born}, \"a.day\" = 2026-11-22 }}");
    let shown = |given: &str, expect: &str| format!("{{ given = {given}, expect = {expect} }},\n");
    let missing = shown("{}", "\"missing\"");
    let age = shown(&born("2010-05-06"), "16") + &missing;
    let minor = shown(&born("2010-05-06"), "true") + &missing;
    let fee = shown(&born("2010-05-06"), "0.0") + &shown(&born("2000-01-01"), "2.5") + &missing;
    [
        derived("a.age", "integer", "years(a.born, a.day)", &age),
        derived("a.minor", "boolean", "a.age < 18", &minor),
        derived("a.fee", "number", "a.minor ? 0.0 : 2.5", &fee),
    ]
}

fn pack() -> String {
    facts(&["a.born date", "a.day date"]) + &chain().concat()
}

#[test]
fn derived_facts_stand_upon_derived_facts_in_whatever_order_they_are_written() {
    let declared = facts(&["a.born date", "a.day date"]);
    let [age, minor, fee] = chain();
    for order in [
        [&age, &minor, &fee],
        [&fee, &minor, &age],
        [&minor, &fee, &age],
    ] {
        let rules = declared.clone() + order.map(String::as_str).concat().as_str();
        let (pack, coverage) = loaded(&rules);
        assert_eq!((coverage.rules, coverage.covered), (3, 3));
        let given = "\"a.born\" = 2008-11-23\n\"a.day\" = 2026-11-22";
        assert_eq!(verdict(&pack, "a.fee", given).outcome, "0");
    }
}

#[test]
fn what_is_missing_is_missing_in_all_that_stands_on_it() {
    let (pack, _) = loaded(&pack());
    let verdict = verdict(&pack, "a.fee", "\"a.day\" = 2026-11-22");
    assert_eq!(verdict.outcome, "missing");
    assert_eq!(verdict.missing, ["a.minor"]);
}

#[test]
fn a_derived_fact_cannot_be_given() {
    let rules = pack();
    let given = "given = { \"a.age\" = 3 }";
    refused(&rules, "given = {}", given, "derived_given", "\"a.age\"");
}

#[test]
fn each_circle_is_told_once_and_what_stands_on_it_is_not() {
    let whole = pack();
    let circle = whole.replace("years(a.born, a.day)", "a.fee > 1.0 ? 1 : 2");
    assert_eq!(mistakes(&circle), ["circle: [[derived]]"]);
    let missing = "{ given = {}, expect = \"missing\" },\n";
    let two = circle + &derived("b.one", "integer", "b.one + 1", missing);
    let two = two + &derived("b.two", "integer", "b.one + 1", missing);
    let problems = load(&files(&two), &Foundation::default()).unwrap_err();
    let lines: Vec<String> = told(&problems);
    assert_eq!(problems.len(), 2, "{lines:?}");
    assert!(
        lines[0].contains("a.age → a.fee → a.minor → a.age"),
        "{}",
        lines[0]
    );
    assert!(lines[1].contains("b.one → b.one"), "{}", lines[1]);
}

#[test]
fn mistakes_of_a_derived_fact_are_told_once_and_not_by_what_stands_on_it() {
    let rules = pack();
    let value = "'years(a.born, a.day)'";
    refused(&rules, value, "'a.born < a.day'", "wrong_type", "'a.born");
    refused(
        &rules,
        value,
        "'years(a.bron, a.day)'",
        "unknown_fact",
        "a.bron",
    );
    refused(
        &rules,
        "type = \"integer\"",
        "type = \"text\"",
        "type",
        "\"text\"",
    );
    refused(
        &rules,
        "type = \"integer\"",
        "type = \"age\"",
        "type",
        "\"age\"",
    );
    refused(&rules, "type = \"integer\"\n", "", "missing", "[[derived]]");
    let misspelt = mistakes(&rules.replace("a.age", "A.age"));
    assert_eq!(misspelt, ["id: \"A.age\""]);
    let twice = mistakes(&(rules.clone() + &chain()[1]));
    assert_eq!(twice, ["twice: [[derived]]"]);
    refused(
        &rules,
        "expect = 16",
        "expect = \"sixteen\"",
        "wrong_value",
        "\"sixteen\"",
    );
    refused(&rules, "expect = 16", "expect = 17", "example", "{ given");
    refused(
        &rules,
        "source = \"order\"",
        "source = \"rodre\"",
        "unknown_source",
        "\"rodre\"",
    );
    refused(
        &rules,
        "type = \"date\"",
        "type = \"day\"",
        "type",
        "\"day\"",
    );
    let given_too = mistakes(&(rules.clone() + &facts(&["a.age integer"])));
    assert_eq!(given_too, ["twice: \"a.age\""]);
}

proptest! {
    #[test]
    fn a_chain_counts_up_in_whatever_order_it_is_written(order in Just((0..30).collect::<Vec<usize>>()).prop_shuffle()) {
        let mut rules = facts(&["a.f30 integer"]);
        for step in order {
            let shown = format!("{{ given = {{ \"a.f30\" = 0 }}, expect = {} }},\n{{ given = {{}}, expect = \"missing\" }},\n", 30 - step);
            rules += &derived(&format!("a.f{step}"), "integer", &format!("a.f{} + 1", step + 1), &shown);
        }
        let (_, coverage) = loaded(&rules);
        prop_assert_eq!((coverage.rules, coverage.covered), (30, 30));
    }
}
