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
    std::fs::create_dir(folder.path().join("rules")).unwrap();
    std::fs::write(folder.path().join("pack.toml"), HEAD).unwrap();
    std::fs::write(folder.path().join("rules/limits.toml"), rules).unwrap();
    folder
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
