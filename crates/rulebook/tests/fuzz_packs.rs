//! Packs made from good ones by breaking their texts, for as long as `HUBU_FUZZ_SECONDS` says (default 1);
//! `cargo xtask test` gives each test here a process.
//!
//! The claims: no text panics, problems have a place in the text, and what loads loads again alike and judges. A failure
//! prints its seed; `HUBU_FUZZ_SEED` starts there. Why it is done this way stands in `docs/decisions/0003-fuzzing.md`.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

#[path = "support/pages.rs"]
mod pages;

use std::collections::BTreeMap;

use fuzzing::BrokenTexts;
use pages::{PAGES, files, head, rules};
use rulebook::{Expression, Foundation, Pack, differences, identity_of, load, read_facts};

/// What must hold of whatever the files say.
fn check(files: &BTreeMap<String, String>) {
    let _ = identity_of(files);
    assert_eq!(differences(files, files), []);
    match load(files, &Foundation::default()) {
        Ok((pack, coverage)) => {
            assert!(coverage.covered <= coverage.rules);
            let (again, covered_again) = load(files, &Foundation::default()).unwrap();
            assert_eq!(said(&pack), said(&again));
            assert_eq!(coverage, covered_again);
            judge(&pack);
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                let text = files.get(&problem.file).map_or("", String::as_str);
                assert!(problem.line <= text.lines().count().max(1) + 1, "{problem}");
                let _ = (problem.to_string(), problem.in_chinese());
            }
        }
    }
}

/// Heads, kinds and examples: what does not hang on the order of a hash table.
fn said(pack: &Pack) -> Vec<String> {
    let rules = pack.rules.iter();
    let rules = rules.map(|rule| format!("{:?} {} {:?}", rule.head(), rule.kind(), rule.facts()));
    rules.collect()
}

/// Every rule says something of a row of which nothing is known, and of one of which little is.
fn judge(pack: &Pack) {
    let little = read_facts("facts.toml", "\"person.age\" = 1", &pack.foundation);
    for known in [Vec::new(), little.unwrap_or_default()] {
        let batch = pack.foundation.rows(&[&known]);
        for rule in &pack.rules {
            let verdicts = rule.verdicts(&batch, &pack.foundation);
            let verdict = rule.verdict(&known, &pack.foundation);
            let outcome = verdicts.as_ref().map(|verdicts| verdicts.outcome(0));
            assert_eq!(
                outcome,
                verdict.as_ref().map(|verdict| verdict.outcome.as_str())
            );
        }
    }
}

fn good() -> Vec<&'static str> {
    PAGES.iter().map(|(_, page)| rules(page)).collect()
}

#[test]
fn rules_are_read_or_refused_whatever_they_say() {
    BrokenTexts(&good()).fuzz(|rules, _| check(&files(head(), rules)));
}

#[test]
fn heads_are_read_or_refused_whatever_they_say() {
    let rules = good()[4];
    BrokenTexts(&[head()]).fuzz(|head, _| check(&files(head, rules)));
}

#[test]
fn expressions_are_read_or_refused_whatever_they_say() {
    const GOOD: [&str; 9] = [
        "person.age < 18 && !person.has_guardian",
        "person.age in [1, 2, 3] || has(person.age)",
        "person.age >= 18 ? person.age % 7 == 1 : person.has_guardian",
        "double(person.age) / 2.5 - 1e3 <= -0.5",
        "(person.age + 1) * 2 == 9223372036854775807",
        "'a' + \"\"\"b\"\"\" == r\"c\" // remark",
        "years(date(\"2026-01-31\"), date('2028-02-29')) > 1",
        "date(moment(\"2026-01-31T14:30\")) < date('2026-02-01') && moment('2026-01-31T14:30:01') > moment(1)",
        "[1, 2][0] == {1: 2}[1] && person.age.x.y(person.age)",
    ];
    let pack = load(&files(head(), good()[4]), &Foundation::default());
    let (pack, _) = pack.unwrap();
    BrokenTexts(&GOOD).fuzz(|text, other| {
        for text in [text, other] {
            match Expression::compile(text, &pack.foundation.facts) {
                Ok(expression) => drop(expression.evaluate(&pack.foundation.rows(&[&Vec::new()]))),
                Err(problems) => assert!(!problems.is_empty(), "{text}"),
            }
        }
    });
}
