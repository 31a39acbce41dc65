//! Completeness lists: what is lacking, of whom it is asked, and what one fact of several is enough for.

mod support;

use rulebook::Pack;
use support::{SAID, facts, loaded, refused, verdict};

fn list() -> String {
    let declared = facts(&[
        "a.name text",
        "a.mobile text",
        "a.landline text",
        "a.job text",
        "a.is_person boolean",
        "a.is_minor boolean",
    ]);
    let label = "label = { zh = \"项\", en = \"an item\" }";
    let items = format!(
        "item = [\n{{ id = \"name\", {label}, fact = \"a.name\" }},\n{{ id = \"reach\", {label}, any = [\"a.mobile\", \"a.landline\"] }},\n{{ id = \"job\", {label}, fact = \"a.job\", when = '!a.is_minor', article = \"7\" }},\n]\n"
    );
    let shown = r#"example = [
    { given = { "a.is_person" = true, "a.name" = "王", "a.landline" = "1", "a.job" = "x" }, expect = [] },
    { given = { "a.is_person" = true, "a.is_minor" = true }, expect = ["name", "reach"] },
    { given = { "a.is_person" = false }, expect = "not_applicable" },
    { given = {}, expect = "missing" },
]
"#;
    format!(
        "{declared}[[completeness]]\nid = \"known\"\n{SAID}applies = 'a.is_person'\n{items}{shown}"
    )
}

#[track_caller]
fn lacking(pack: &Pack, given: &str) -> String {
    verdict(pack, "known", given).outcome
}

#[test]
fn one_of_several_facts_is_enough() {
    let (pack, coverage) = loaded(&list());
    assert_eq!(
        (coverage.rules, coverage.covered, coverage.examples),
        (1, 1, 4)
    );
    let all = "\"a.is_person\" = true\n\"a.name\" = \"王\"\n\"a.job\" = \"x\"\n";
    assert_eq!(lacking(&pack, all), "[reach]");
    assert_eq!(lacking(&pack, &format!("{all}\"a.mobile\" = \"1\"")), "[]");
    assert_eq!(
        lacking(&pack, &format!("{all}\"a.landline\" = \"1\"")),
        "[]"
    );
}

#[test]
fn an_item_is_asked_for_where_it_is_not_known_whether_it_is() {
    let (pack, _) = loaded(&list());
    let verdict = verdict(&pack, "known", "\"a.is_person\" = true");
    assert_eq!(verdict.outcome, "[name, reach, job]");
    let ids: Vec<&str> = verdict
        .reasons
        .iter()
        .map(|reason| reason.id.as_str())
        .collect();
    assert_eq!(ids, ["name", "reach", "job"]);
    assert_eq!(verdict.missing, ["a.is_minor"]);
}

#[test]
fn a_list_for_all_needs_no_example_of_whom_it_does_not_concern() {
    let rules = list().replace("applies = 'a.is_person'\n", "");
    let end = rules
        .find("    { given = { \"a.is_person\" = false }")
        .unwrap();
    let (pack, coverage) = loaded(&(rules[..end].to_owned() + "]\n"));
    assert_eq!(coverage.covered, 1);
    assert_eq!(lacking(&pack, ""), "[name, reach, job]");
}

#[test]
fn mistakes_of_a_list_are_told_once() {
    let rules = list();
    refused(
        &rules,
        "fact = \"a.name\"",
        "fact = \"a.nam\"",
        "unknown_fact",
        "\"a.nam\"",
    );
    refused(
        &rules,
        "fact = \"a.name\" }",
        "}",
        "missing",
        "{ id = \"name\"",
    );
    refused(
        &rules,
        "any = [\"a.mobile\", \"a.landline\"]",
        "any = []",
        "missing",
        "{ id = \"reach\"",
    );
    refused(
        &rules,
        "expect = []",
        "expect = [\"age\"]",
        "expect",
        "\"age\"",
    );
    refused(
        &rules,
        "expect = \"missing\"",
        "expect = \"unknown\"",
        "expect",
        "\"unknown\"",
    );
    refused(
        &rules,
        "expect = []",
        "expect = [\"name\"]",
        "example",
        "{ given",
    );
    refused(
        &rules,
        "    { given = {}, expect = \"missing\" },\n",
        "",
        "missing_example",
        "[[completeness]]",
    );
}
