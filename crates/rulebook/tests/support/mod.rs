//! Packs of one file for tests: what is said of every pack is written here once.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "every test takes what it needs, and fails by panicking"
)]

use std::collections::BTreeMap;

use rulebook::{Coverage, Foundation, Pack, Problem, Rule, Verdict, load, read_facts};

/// The files of a pack.
pub type Files = BTreeMap<String, String>;

/// What stands at the head of every rule, after its id.
pub const SAID: &str = "label = { zh = \"规则\", en = \"a rule\" }\nsource = \"order\"\n";

/// A `pack.toml` of this id with one file.
pub fn head(id: &str, layer: &str) -> String {
    let label = r#"label = { zh = "试用", en = "to try" }"#;
    let source = "[[source]]\nid = \"order\"\ntitle = \"办法\"\nconfidence = \"read\"\n";
    format!(
        "id = \"{id}\"\nversion = \"1\"\nlayer = \"{layer}\"\neffective_from = 2026-01-01\n{label}\nfiles = [\"rules.toml\"]\n{source}"
    )
}

/// The files of a pack with these rules.
pub fn files(rules: &str) -> Files {
    let files = [
        ("pack.toml", head("to-try", "industry")),
        ("rules.toml", rules.to_owned()),
    ];
    files.map(|(name, text)| (name.to_owned(), text)).into()
}

/// Declarations of facts, of which each is written as `name type`.
pub fn facts(declared: &[&str]) -> String {
    let fact = |declared: &&str| {
        let (name, kind) = declared.split_once(' ').unwrap();
        let label = r#"label = { zh = "事实", en = "a fact" }"#;
        format!("[[fact]]\nname = \"{name}\"\ntype = \"{kind}\"\n{label}\n")
    };
    declared.iter().map(fact).collect()
}

/// A pack that is well formed.
#[track_caller]
pub fn loaded(rules: &str) -> (Pack, Coverage) {
    match load(&files(rules), &Foundation::default()) {
        Ok(loaded) => loaded,
        Err(problems) => panic!("{}", told(&problems).join("\n")),
    }
}

/// Problems as people read them.
pub fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

/// What is wrong with these rules: the text of the line at the place, from its column on, and the code.
#[track_caller]
pub fn mistakes(rules: &str) -> Vec<String> {
    let problems = load(&files(rules), &Foundation::default())
        .map(drop)
        .unwrap_err();
    let place = |problem: &Problem| {
        let rest: String = problem.excerpt.chars().skip(problem.column - 1).collect();
        format!("{}: {rest}", problem.code)
    };
    problems.iter().map(place).collect()
}

/// Expects exactly one mistake where `new` stands in the place of `old`: its code and the text at its place.
#[track_caller]
pub fn refused(rules: &str, old: &str, new: &str, code: &str, place: &str) {
    assert!(rules.contains(old), "{old}");
    let found = mistakes(&rules.replacen(old, new, 1));
    let fits = found.len() == 1 && found[0].starts_with(&format!("{code}: {place}"));
    assert!(fits, "{new}: {found:#?}");
}

/// What the rule of this id says where these facts are given.
#[track_caller]
pub fn verdict(pack: &Pack, id: &str, given: &str) -> Verdict {
    let known = read_facts("facts.toml", given, &pack.foundation).unwrap();
    rule(pack, id).verdict(&known, &pack.foundation).unwrap()
}

/// The rule of this id.
#[track_caller]
pub fn rule<'a>(pack: &'a Pack, id: &str) -> &'a Rule {
    let mut rules = pack.rules.iter();
    rules.find(|rule| rule.head().id == id).unwrap()
}
