//! What a pack says, and what is said of one with mistakes: each at its place.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::collections::BTreeMap;

use rulebook::{Foundation, Problem, Rule, load};

const HEAD: &str = r#"id = "cn-try"
version = "2026.11"
layer = "industry"
effective_from = 2026-01-01
label = { zh = "试用规则包", en = "A pack to try" }
files = ["rules.toml"]

[[source]]
id = "order-2025-11"
title = "金融机构客户尽职调查和客户身份资料及交易记录保存管理办法"
number = "令〔2025〕第11号"
confidence = "read"
"#;

const RULES: &str = r#"[[fact]]
name = "person.birth_date"
type = "date"
label = { zh = "出生日期", en = "date of birth" }

[[fact]]
name = "day.today"
type = "date"
label = { zh = "当日", en = "the day" }

[[fact]]
name = "party.kind"
type = "text"
label = { zh = "客户类型", en = "kind of party" }
values = ["自然人", "法人"]

[[condition]]
id = "minor"
label = { zh = "未成年人", en = "a minor" }
when = 'party.kind == "自然人" && years(person.birth_date, day.today) < 18'
source = "order-2025-11"
article = "49"

[[condition.example]]
given = { "party.kind" = "自然人", "person.birth_date" = 2010-05-06, "day.today" = 2026-11-22 }
expect = true

[[condition.example]]
given = { "party.kind" = "法人" }
expect = false

[[condition.example]]
given = { "party.kind" = "自然人", "day.today" = 2026-11-22 }
expect = "missing"
"#;

fn files(head: &str, rules: &str) -> BTreeMap<String, String> {
    let files = [("pack.toml", head), ("rules.toml", rules)];
    files
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into()
}

/// What is wrong where this stands in the place of that, as `file:line:column code`.
#[track_caller]
fn problems(replaced: &[(&str, &str)]) -> Vec<Problem> {
    let (mut head, mut rules) = (HEAD.to_owned(), RULES.to_owned());
    for (old, new) in replaced {
        assert!(head.contains(old) || rules.contains(old), "{old}");
        head = head.replacen(old, new, 1);
        rules = rules.replacen(old, new, 1);
    }
    load(&files(&head, &rules), &Foundation::default())
        .map(drop)
        .unwrap_err()
}

#[test]
fn a_pack_is_read_and_its_examples_are_run() {
    let (pack, coverage) = load(&files(HEAD, RULES), &Foundation::default()).unwrap();
    assert_eq!(
        (pack.identity.id.as_str(), pack.identity.version.as_str()),
        ("cn-try", "2026.11")
    );
    let validity = pack.identity.validity;
    assert_eq!((validity.from, validity.to), (20_454, None));
    assert_eq!(
        (coverage.rules, coverage.covered, coverage.examples),
        (1, 1, 3)
    );
    let Rule::Condition(minor) = &pack.rules[0] else {
        panic!("{:?}", pack.rules[0].kind());
    };
    assert_eq!(minor.head.source, "order-2025-11");
    assert_eq!(minor.head.article.as_deref(), Some("49"));
    assert_eq!(minor.examples[2].expect, "missing");
}

/// What is replaced, by what, and where the mistake is then: file, text at the place, code.
const MISTAKES: [(&str, &str, &str, &str, &str); 20] = [
    (
        "id = \"cn-try\"",
        "id = \"CN try\"",
        "pack.toml",
        "\"CN try\"",
        "id",
    ),
    (
        "version = \"2026.11\"",
        "version = \"2026.11\"\nversoin = \"2026.11\"",
        "pack.toml",
        "versoin",
        "unknown_key",
    ),
    (
        "2026-01-01\n",
        "\"the first\"\n",
        "pack.toml",
        "\"the first\"",
        "date",
    ),
    (
        "en = \"A pack to try\"",
        "en = \" \"",
        "pack.toml",
        "\" \"",
        "empty",
    ),
    (
        "\"rules.toml\"]",
        "\"rules.toml\", \"../x.toml\"]",
        "pack.toml",
        "\"../x.toml\"",
        "missing_file",
    ),
    (
        "confidence = \"read\"",
        "confidence = \"sure\"",
        "pack.toml",
        "\"sure\"",
        "confidence",
    ),
    (
        "effective_from = 2026-01-01\n",
        "effective_from = 2026-01-01\neffective_to = 2025-01-01\n",
        "pack.toml",
        "2025-01-01",
        "ends_before_it_begins",
    ),
    (
        "type = \"date\"",
        "type = \"day\"",
        "rules.toml",
        "\"day\"",
        "type",
    ),
    (
        "[[fact]]\nname = \"day.today\"",
        "[[fact]]\nname = \"Today\"\ntype = \"date\"\nlabel = { zh = \"日\", en = \"day\" }\n[[fact]]\nname = \"day.today\"",
        "rules.toml",
        "\"Today\"",
        "fact",
    ),
    ("id = \"minor\"", "id = 7", "rules.toml", "7", "wrong_type"),
    (
        "== \"自然人\" &&",
        "== \"自燃人\" &&",
        "rules.toml",
        "party.kind == \"自燃人\"",
        "impossible_value",
    ),
    (
        "< 18'",
        "< \"18\"'",
        "rules.toml",
        "years(person",
        "wrong_type",
    ),
    (
        "years(person.birth_date",
        "years(person.birth_day",
        "rules.toml",
        "person.birth_day,",
        "unknown_fact",
    ),
    (
        "&& years",
        "&& yeras",
        "rules.toml",
        "yeras(",
        "unknown_function",
    ),
    (
        "&& years(person.birth_date, day.today) < 18",
        "&& (years(person.birth_date, day.today) < 18",
        "rules.toml",
        "'\nsource",
        "syntax",
    ),
    (
        "source = \"order-2025-11\"",
        "source = \"order-2025-12\"",
        "rules.toml",
        "\"order-2025-12\"",
        "unknown_source",
    ),
    (
        "\"party.kind\" = \"法人\" }",
        "\"party.knid\" = \"法人\" }",
        "rules.toml",
        "\"party.knid\"",
        "unknown_fact",
    ),
    (
        "= 2010-05-06",
        "= 2010",
        "rules.toml",
        "2010,",
        "wrong_value",
    ),
    (
        "= 2010-05-06",
        "= 2001-05-06",
        "rules.toml",
        "[[condition.example]]",
        "example",
    ),
    (
        "expect = false",
        "expect = \"no\"",
        "rules.toml",
        "\"no\"",
        "expect",
    ),
];

#[test]
fn every_mistake_is_told_at_its_place() {
    for (old, new, file, place, code) in MISTAKES {
        let found = problems(&[(old, new)]);
        let text = if file == "pack.toml" { HEAD } else { RULES }.replacen(old, new, 1);
        let byte = text.find(place).unwrap();
        let line = text[..byte].matches('\n').count() + 1;
        let column = text[..byte]
            .chars()
            .rev()
            .take_while(|character| *character != '\n')
            .count()
            + 1;
        let expected = format!("{file}:{line}:{column} {code}");
        let found: Vec<String> = found
            .iter()
            .map(|problem| {
                format!(
                    "{}:{}:{} {}",
                    problem.file, problem.line, problem.column, problem.code
                )
            })
            .collect();
        assert_eq!(found, [expected], "{new}");
    }
}

/// Of a key that is misspelt: what is told, and in which rule.
#[track_caller]
fn slip(old: &str, new: &str) -> (String, Option<String>) {
    let found = problems(&[(old, new)]);
    let [problem] = &found[..] else {
        panic!("{new}: {found:?}");
    };
    assert_eq!(problem.code, "unknown_key", "{problem}");
    let rule = problem.rule.as_ref();
    let rule = rule.map(|rule| format!("{} {}", rule.kind, rule.id));
    (problem.wording.en.clone(), rule)
}

#[test]
fn a_misspelt_key_is_told_once_and_with_the_key_that_was_meant() {
    let minor = Some("condition minor".to_owned());
    let told = |told: &str| told.to_owned();
    assert_eq!(
        slip("when = 'party", "wehn = 'party"),
        (told("wehn is not known here; is it when?"), minor.clone())
    );
    assert_eq!(
        slip("source = \"order", "sources = \"order").0,
        "sources is not known here; is it source?"
    );
    let examples = RULES.matches("condition.example").count();
    let misspelt = RULES.replace("condition.example", "condition.exampel");
    let found = load(&files(HEAD, &misspelt), &Foundation::default()).unwrap_err();
    assert_eq!((examples, found.len()), (3, 1), "{found:?}");
    assert_eq!(
        slip("article = \"49\"", "artilce = \"49\""),
        (told("artilce is not known here; is it article?"), minor)
    );
    assert_eq!(
        slip("article = \"49\"", "colour = \"49\"").0,
        "colour is not known here"
    );
    let fact = Some("fact party.kind".to_owned());
    assert_eq!(
        slip("values = [", "vaules = ["),
        (told("vaules is not known here; is it values?"), fact)
    );
    assert_eq!(slip("effective_from", "effective_form").1, None);
}

#[test]
fn a_problem_says_in_which_rule_it_is() {
    let of = |old: &str, new: &str| {
        let found = problems(&[(old, new)]).remove(0);
        found.rule.map(|rule| format!("{} {}", rule.kind, rule.id))
    };
    let minor = Some("condition minor".to_owned());
    assert_eq!(of("< 18'", "< 1.x'"), minor);
    assert_eq!(of("= 2010-05-06", "= 2001-05-06"), minor);
    assert_eq!(of("given = { \"party.kind\" = \"法人\" }\n", ""), minor);
    assert_eq!(
        of("type = \"text\"", "type = \"words\""),
        Some("fact party.kind".to_owned())
    );
    assert_eq!(of("confidence = \"read\"", "confidence = \"no\""), None);
}
