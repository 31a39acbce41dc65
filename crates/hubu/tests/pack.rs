//! `hubu pack check` as a process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const HEAD: &str = r#"id = "try"
version = "1"
layer = "industry"
effective_from = 2026-01-01
label = { zh = "试用", en = "to try" }
files = ["rules/limits.toml"]

[[source]]
id = "own"
title = "内部制度"
confidence = "read"
"#;

const RULES: &str = r#"[[fact]]
name = "deal.amount"
type = "integer"
label = { zh = "金额（分）", en = "amount in fen" }

[[condition]]
id = "large"
label = { zh = "大额", en = "large" }
when = "deal.amount >= 5000000"
source = "own"
example = [
    { given = { "deal.amount" = 5000000 }, expect = true },
    { given = { "deal.amount" = 4999999 }, expect = false },
    { given = {}, expect = "missing" },
]
"#;

fn check(folder: &Path, language: &str, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hubu"))
        .args(["--language", language, "pack", "check"])
        .arg(folder)
        .args(more)
        .output()
        .unwrap()
}

fn pack(rules: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), HEAD, rules);
    folder
}

fn write(folder: &Path, head: &str, rules: &str) {
    std::fs::create_dir_all(folder.join("rules")).unwrap();
    std::fs::write(folder.join("pack.toml"), head).unwrap();
    std::fs::write(folder.join("rules/limits.toml"), rules).unwrap();
}

#[test]
fn a_sound_pack_passes_with_its_examples() {
    let folder = pack(RULES);
    let output = check(folder.path(), "en", &[]);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        told,
        "try 1: 1 rules, 1 shown from all sides, 3 examples pass\n"
    );
}

#[test]
fn a_mistake_is_shown_where_it_stands_in_both_languages() {
    let folder = pack(&RULES.replace(">= 5000000\"", ">= 6000000\""));
    let output = check(folder.path(), "zh", &[]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stdout).unwrap();
    let expected = "rules/limits.toml:12:5: large 的示例应得 true，实得 false\n        { given = { \"deal.amount\" = 5000000 }, expect = true },\n        ^\n";
    assert_eq!(told, expected);
    let output = check(folder.path(), "en", &["--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let problem = &report["problems"][0];
    assert_eq!(
        (&problem["line"], &problem["code"]),
        (&12.into(), &"example".into())
    );
    assert_eq!(
        (&problem["kind"], &problem["rule"]),
        (&"condition".into(), &"large".into())
    );
}

#[test]
fn facts_in_a_file_are_judged_with_what_is_missing() {
    let folder = pack(RULES);
    let facts = folder.path().join("facts.txt");
    let evaluate = |given: &str| {
        std::fs::write(&facts, given).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_hubu"))
            .args(["--language", "en", "pack", "evaluate"])
            .arg(folder.path())
            .arg("--facts")
            .arg(&facts)
            .output()
            .unwrap();
        (output.status.code(), output.stdout)
    };
    let holds = |given: &str| {
        let (code, told) = evaluate(given);
        assert_eq!(code, Some(0));
        let sheet: Value = serde_json::from_slice(&told).unwrap();
        sheet["verdicts"][0]["outcome"].clone()
    };
    assert_eq!(holds("\"deal.amount\" = 7000000"), "true");
    assert_eq!(holds("\"deal.amount\" = 1"), "false");
    assert_eq!(holds(""), "missing");
    assert_eq!(
        evaluate("\"deal.amount\" = 1"),
        evaluate("\"deal.amount\" = 1")
    );
    let (code, told) = evaluate("\"deal.amuont\" = 1");
    assert_eq!(code, Some(2));
    assert!(
        String::from_utf8(told)
            .unwrap()
            .contains(":1:1: there is no fact deal.amuont")
    );
}

#[test]
fn a_folder_that_is_no_pack_is_refused() {
    let folder = pack(RULES);
    std::fs::write(folder.path().join("rules/limits.toml"), [0xff, 0xfe]).unwrap();
    assert_eq!(check(folder.path(), "en", &[]).status.code(), Some(2));
    let nowhere = check(&folder.path().join("nowhere"), "zh", &[]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(
        String::from_utf8(nowhere.stderr)
            .unwrap()
            .contains("无法读取")
    );
}

/// A pack of this id that builds on others, beside them.
fn write_beside(folder: &Path, id: &str, builds_on: &str) {
    let head = HEAD.replace(
        "id = \"try\"",
        &format!("id = \"{id}\"\nbuilds_on = {builds_on}"),
    );
    let rules = RULES.replace("id = \"large\"", &format!("id = \"{id}-large\""));
    write(&folder.join(id), &head, &rules);
}

#[test]
fn packs_beneath_lie_as_they_build_on_each_other_and_are_told_with_where_they_come_from() {
    let all = tempfile::tempdir().unwrap();
    write_beside(all.path(), "a.top", "[\"z.ground\", \"cn-base\"]");
    write_beside(all.path(), "z.ground", "[]");
    let output = check(&all.path().join("a.top"), "en", &[]);
    let told = String::from_utf8(output.stdout).unwrap();
    let ground = all.path().canonicalize().unwrap().join("z.ground");
    let expected = format!(
        "upon cn-base 2026.11 as shipped with the program\nupon z.ground 1 of {}\na.top 1: 1 rules, 1 shown from all sides, 3 examples pass\n",
        ground.display()
    );
    assert_eq!(told, expected);
    let output = check(&all.path().join("a.top"), "zh", &["--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["beneath"][0]["folder"], Value::Null);
    assert_eq!(report["beneath"][1]["pack"], "z.ground");
}

#[test]
fn a_pack_that_cannot_lie_beneath_is_told_where_it_is_named() {
    let all = tempfile::tempdir().unwrap();
    write_beside(all.path(), "one", "[\"two\", \"nobody\"]");
    write_beside(all.path(), "two", "[\"one\"]");
    let output = check(&all.path().join("one"), "en", &["--json"]);
    assert_eq!(output.status.code(), Some(2));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told: Vec<String> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            format!(
                "{}:{} {}",
                problem["line"], problem["column"], problem["code"]
            )
        })
        .collect();
    assert_eq!(told, [r#"2:14 "circle""#, r#"2:21 "unknown_pack""#]);
}

#[test]
fn a_folder_has_the_limits_of_a_pack() {
    let folder = pack(RULES);
    let long = "# ".repeat(600 << 10);
    std::fs::write(folder.path().join("rules/long.toml"), long).unwrap();
    let output = check(folder.path(), "en", &[]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("100 files of 1048576 bytes at most"),
        "{told}"
    );
}

fn hubu(arguments: &[&str], paths: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hubu"))
        .args(["--language", "en"])
        .args(arguments)
        .args(paths)
        .output()
        .unwrap()
}

#[test]
fn two_packs_are_compared_rule_by_rule_and_on_given_facts() {
    let before = pack(RULES);
    let after = pack(
        &RULES
            .replace(">= 5000000\"", ">= 4000000\"")
            .replace("4999999 }", "3999999 }"),
    );
    let facts = before.path().join("facts.txt");
    std::fs::write(&facts, "\"deal.amount\" = 4500000").unwrap();
    let folders = [before.path(), after.path()];
    let output = hubu(
        &["pack", "diff", "--facts", facts.to_str().unwrap()],
        &folders,
    );
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        told,
        "changed condition large\n    example.2.given.deal.amount: 4999999 → 3999999\n    when: \"deal.amount >= 5000000\" → \"deal.amount >= 4000000\"\nrule   before  after\nlarge  false   true\n"
    );
    let same = hubu(&["pack", "diff"], &[before.path(), before.path()]);
    assert_eq!(
        String::from_utf8(same.stdout).unwrap(),
        "they say the same\n"
    );
}

const MINOR: &str = r#"[[condition]]
id = "minor"
label = { zh = "未成年", en = "a minor" }
when = "years(customer.birth_date, date(\"2026-01-01\")) < 18"
source = "own"
example = [
    { given = { "customer.birth_date" = 2010-01-02 }, expect = true },
    { given = { "customer.birth_date" = 1980-01-02 }, expect = false },
    { given = {}, expect = "missing" },
]
"#;

/// A store with a book of two customers.
fn book(data: &Path) -> String {
    let book = data.join("book.csv");
    std::fs::write(
        &book,
        "编号,姓名,出生日期\n1,王小明,2010-01-02\n2,李四,1980-03-04\n",
    )
    .unwrap();
    let store = data.join("store").to_str().unwrap().to_owned();
    let arguments = [
        "import",
        "--source",
        "core",
        "--new-source",
        "--data",
        &store,
    ];
    assert_eq!(hubu(&arguments, &[&book]).status.code(), Some(0));
    store
}

#[test]
fn a_pack_of_a_folder_is_tried_on_the_book_without_changing_it() {
    let data = tempfile::tempdir().unwrap();
    let store = book(data.path());
    let folder = pack(MINOR);
    let arguments = ["pack", "backtest", "--data", &store];
    let output = hubu(&[&arguments[..], &["--json"]].concat(), &[folder.path()]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&found["customers"], &found["rules"][0]["moved"]),
        (&2.into(), &2.into())
    );
    let matrix = found["rules"][0]["matrix"].as_array().unwrap();
    let told = |step: &Value| format!("{} {} {}", step["from"], step["to"], step["customers"]);
    let told: Vec<String> = matrix.iter().map(told).collect();
    assert_eq!(told, [r#""absent" "false" 1"#, r#""absent" "true" 1"#]);
    let east = hubu(
        &[&arguments[..], &["--branch", "east"]].concat(),
        &[folder.path()],
    );
    let told = String::from_utf8(east.stdout).unwrap();
    let sentence = "all customers were judged as if they were those of the branch east: the register does not know whose they are\n";
    assert!(told.contains(sentence), "{told}");
    let listed = hubu(&["pack", "list", "--json", "--data", &store], &[]);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let packs = listed.as_array().unwrap().iter();
    let on: Vec<&str> = packs
        .filter(|edition| edition["in_force"] == true)
        .map(|edition| edition["pack"].as_str().unwrap())
        .collect();
    assert_eq!(on, ["cn-aml-2013", "cn-base", "cn-cdd-2025"]);
}
