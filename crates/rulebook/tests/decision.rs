//! Decision tables: the first row that holds, or all of them.

mod support;

use rulebook::Pack;
use support::{SAID, facts, loaded, refused, verdict};

const ROWS: &str = r#"
outcome = [
    { id = "deny", label = { zh = "拒绝", en = "deny" } },
    { id = "ask", label = { zh = "人工", en = "ask" } },
    { id = "allow", label = { zh = "通过", en = "allow" } },
]
row = [
    { when = 'a.listed', gives = "deny" },
    { when = 'a.amount >= 50000', gives = "ask" },
    { when = 'a.amount >= 1000 && a.foreign', gives = "ask" },
]
otherwise = "allow"
"#;

const FIRST: &str = r#"
example = [
    { given = { "a.listed" = true }, expect = "deny" },
    { given = { "a.listed" = false, "a.amount" = 50000 }, expect = "ask" },
    { given = { "a.listed" = false, "a.amount" = 999 }, expect = "allow" },
    { given = { "a.amount" = 999 }, expect = "missing" },
]
"#;

const COLLECT: &str = r#"
example = [
    { given = { "a.listed" = true, "a.amount" = 60000 }, expect = ["deny", "ask"] },
    { given = { "a.listed" = false, "a.amount" = 999 }, expect = ["allow"] },
    { given = { "a.listed" = true }, expect = ["deny"] },
]
"#;

fn table(hit: &str, examples: &str) -> String {
    let declared = facts(&["a.listed boolean", "a.amount integer", "a.foreign boolean"]);
    format!("{declared}[[decision]]\nid = \"entry\"\n{SAID}hit = \"{hit}\"{ROWS}{examples}")
}

#[track_caller]
fn decided(pack: &Pack, given: &str) -> (String, Vec<String>) {
    let verdict = verdict(pack, "entry", given);
    (verdict.outcome, verdict.missing)
}

#[test]
fn the_first_row_that_holds_decides() {
    let (pack, coverage) = loaded(&table("first", FIRST));
    assert_eq!((coverage.rules, coverage.covered), (1, 1));
    let both = "\"a.listed\" = true\n\"a.amount\" = 90000";
    assert_eq!(decided(&pack, both), ("deny".to_owned(), vec![]));
}

#[test]
fn a_missing_fact_stops_where_it_would_decide_and_is_named() {
    let (pack, _) = loaded(&table("first", FIRST));
    let open = ("missing".to_owned(), vec!["a.listed".to_owned()]);
    assert_eq!(decided(&pack, "\"a.amount\" = 60000"), open);
    let harmless = "\"a.listed\" = false\n\"a.amount\" = 10";
    assert_eq!(decided(&pack, harmless), ("allow".to_owned(), vec![]));
    let third = "\"a.listed\" = false\n\"a.amount\" = 2000";
    let open = ("missing".to_owned(), vec!["a.foreign".to_owned()]);
    assert_eq!(decided(&pack, third), open);
}

#[test]
fn the_prudent_outcome_stands_for_a_missing_fact() {
    let rules = table("first", FIRST).replace("expect = \"missing\"", "expect = \"ask\"");
    let (pack, coverage) = loaded(&rules.replace("otherwise =", "prudent = \"ask\"\notherwise ="));
    assert_eq!(coverage.covered, 1);
    assert_eq!(decided(&pack, "").0, "ask");
}

#[test]
fn all_rows_that_hold_are_collected_in_the_order_of_outcomes() {
    let (pack, coverage) = loaded(&table("collect", COLLECT));
    assert_eq!(coverage.covered, 1);
    let all = "\"a.listed\" = true\n\"a.amount\" = 60000\n\"a.foreign\" = true";
    assert_eq!(decided(&pack, all).0, "[deny, ask]");
    let (outcome, missing) = decided(&pack, "\"a.amount\" = 60000");
    let open = vec!["a.listed".to_owned(), "a.foreign".to_owned()];
    assert_eq!((outcome.as_str(), missing), ("[ask]", open));
}

#[test]
fn rows_that_nothing_reaches_are_told() {
    let rules = table("first", FIRST);
    let behind = "{ when = 'a.amount >= 70000', gives = \"ask\" },\n]\notherwise";
    refused(
        &rules,
        "]\notherwise",
        behind,
        "unreachable",
        "'a.amount >= 70000'",
    );
    let never = "'a.amount >= 1000 && a.amount < 1000'";
    let third = "'a.amount >= 1000 && a.foreign'";
    refused(&rules, third, never, "unreachable", never);
    // Where all rows are collected, one that says more than another has its use.
    let collected = table("collect", COLLECT).replacen("]\notherwise", behind, 1);
    loaded(&collected);
}

#[test]
fn mistakes_of_a_table_are_told_once() {
    let rules = table("first", FIRST);
    refused(
        &rules,
        "gives = \"deny\"",
        "gives = \"refuse\"",
        "unknown_outcome",
        "\"refuse\"",
    );
    refused(&rules, "hit = \"first\"", "hit = \"any\"", "hit", "\"any\"");
    refused(
        &rules,
        "otherwise = \"allow\"",
        "",
        "missing",
        "[[decision]]",
    );
    let misspelt = support::mistakes(&rules.replace("\"ask\"", "\"Ask\""));
    assert_eq!(misspelt.len(), 1, "{misspelt:?}");
    refused(
        &rules,
        "'a.listed'",
        "'a.amount'",
        "not_a_condition",
        "a.amount'",
    );
    refused(
        &rules,
        "expect = \"deny\"",
        "expect = \"denied\"",
        "expect",
        "\"denied\"",
    );
    refused(
        &rules,
        "expect = \"deny\"",
        "expect = \"ask\"",
        "example",
        "{ given",
    );
    refused(&rules, ", expect = \"deny\"", "", "missing", "{ given");
    refused(
        &rules,
        "given = { \"a.listed\" = true }, ",
        "",
        "missing",
        "{ expect",
    );
}
