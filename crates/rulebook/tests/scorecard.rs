//! The weighted scorecard of 银发〔2013〕2号 on cases worked by hand: Σ score × weight ÷ 5.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write;

use rulebook::{Foundation, Pack, Problem, Rating, Rule, Scorecard, load, read_facts};

const HEAD: &str = r#"id = "aml-try"
version = "1"
layer = "industry"
effective_from = 2013-01-05
label = { zh = "试用", en = "to try" }
files = ["model.toml"]

[[source]]
id = "guideline"
title = "金融机构洗钱和恐怖融资风险评估及客户分类管理指引"
number = "银发〔2013〕2号"
confidence = "seen"
"#;

const CARD: &str = r#"
[[scorecard]]
id = "grading"
label = { zh = "客户分类", en = "grading of customers" }
source = "guideline"
levels = 5
grade = [
    { id = "low", label = { zh = "低", en = "low" }, up_to = 49.6 },
    { id = "medium", label = { zh = "中", en = "medium" }, up_to = 80 },
    { id = "high", label = { zh = "高", en = "high" } },
]
direct = [
    { id = "listed", label = { zh = "名单", en = "listed" }, when = "customer.is_listed", grade = "high" },
    { id = "harmless", label = { zh = "明显低", en = "plainly low" }, when = "customer.assets < 20000000 && !customer.is_foreign", grade = "low" },
]
example = [
    { given = { "level.customer" = 3, "level.geography" = 3, "level.business" = 3, "level.industry" = 3 }, total = "60", grade = "medium" },
    { given = { "level.customer" = 1, "level.geography" = 1, "level.business" = 1, "level.industry" = 1 }, total = "20", grade = "low" },
    { given = { "customer.is_listed" = true }, grade = "high" },
]
"#;

/// The four families with weights of 40, 24, 20 and 16, each scored as its level says.
fn files() -> BTreeMap<String, String> {
    let mut model = String::new();
    let facts = [
        ("customer.is_listed", "boolean"),
        ("customer.is_foreign", "boolean"),
        ("customer.assets", "integer"),
    ];
    let families = [
        ("customer", "40"),
        ("geography", "24"),
        ("business", "20"),
        ("industry", "16"),
    ];
    let levels = families.map(|(family, _)| (format!("level.{family}"), "integer"));
    let facts = facts
        .map(|(name, kind)| (name.to_owned(), kind))
        .into_iter();
    for (name, kind) in facts.chain(levels) {
        let label = r#"{ zh = "事实", en = "a fact" }"#;
        writeln!(
            model,
            "[[fact]]\nname = \"{name}\"\ntype = \"{kind}\"\nlabel = {label}"
        )
        .unwrap();
    }
    model.push_str(CARD);
    for (family, weight) in families {
        writeln!(
            model,
            "[[scorecard.item]]\nid = \"{family}\"\nfamily = \"{family}\"\nweight = {weight}"
        )
        .unwrap();
        writeln!(
            model,
            "label = {{ zh = \"项\", en = \"item\" }}\notherwise = 5\nprudent = 4"
        )
        .unwrap();
        for level in 1..5 {
            writeln!(
                model,
                "[[scorecard.item.case]]\nwhen = \"level.{family} == {level}\"\nscore = {level}"
            )
            .unwrap();
        }
    }
    [("pack.toml", HEAD.to_owned()), ("model.toml", model)]
        .map(|(name, text)| (name.to_owned(), text))
        .into()
}

fn pack() -> Pack {
    load(&files(), &Foundation::default()).unwrap().0
}

fn card(pack: &Pack) -> &Scorecard {
    let Rule::Scorecard(card) = &pack.rules[0] else {
        panic!("{:?}", pack.rules[0].kind());
    };
    card
}

/// The rating of facts as a file would give them.
fn rated(pack: &Pack, given: &str) -> (Rating, Vec<String>) {
    let known = read_facts("facts.toml", given, &pack.foundation).unwrap();
    let batch = pack.foundation.rows(&[&known]);
    let missing = card(pack).missing(&pack.foundation.facts, &batch, 0);
    let missing = missing.into_iter().map(str::to_owned).collect();
    (card(pack).rate(&batch).remove(0), missing)
}

/// Total and grade where the four families have these levels.
fn totals(pack: &Pack, levels: [u8; 4]) -> (String, String) {
    let [customer, geography, business, industry] = levels;
    let given = format!(
        "\"level.customer\" = {customer}\n\"level.geography\" = {geography}\n\"level.business\" = {business}\n\"level.industry\" = {industry}\n\"customer.is_listed\" = false\n\"customer.is_foreign\" = true\n\"customer.assets\" = 0\n"
    );
    let (rating, missing) = rated(pack, &given);
    assert_eq!((missing, rating.direct), (Vec::<String>::new(), None));
    let card = card(pack);
    (
        card.written(rating.total),
        card.grades[rating.grade].id.clone(),
    )
}

#[test]
fn totals_are_those_worked_by_hand() {
    let pack = pack();
    let told = |levels| {
        let (total, grade) = totals(&pack, levels);
        format!("{total} {grade}")
    };
    assert_eq!(told([3, 3, 3, 3]), "60 medium");
    assert_eq!(told([5, 5, 5, 5]), "100 high");
    assert_eq!(told([1, 1, 1, 1]), "20 low");
    // 40 + 48 + 80 + 80 = 248; the bound belongs to the grade below it.
    assert_eq!(told([1, 2, 4, 5]), "49.6 low");
    // 80 + 48 + 80 + 48 = 256.
    assert_eq!(told([2, 2, 4, 3]), "51.2 medium");
}

#[test]
fn direct_cases_decide_before_the_total_does() {
    let pack = pack();
    let worst = "\"level.customer\" = 5\n\"level.geography\" = 5\n\"level.business\" = 5\n\"level.industry\" = 5\n";
    let lowest = format!(
        "{worst}\"customer.assets\" = 100\n\"customer.is_foreign\" = false\n\"customer.is_listed\" = false"
    );
    let (rating, _) = rated(&pack, &lowest);
    assert_eq!((rating.direct, rating.grade), (Some(1), 0));
    let both = lowest.replace("is_listed\" = false", "is_listed\" = true");
    let (rating, _) = rated(&pack, &both);
    assert_eq!((rating.direct, rating.grade), (Some(0), 2));
}

#[test]
fn what_is_missing_is_scored_prudently_and_listed() {
    let pack = pack();
    let given = "\"level.customer\" = 1\n\"level.geography\" = 1\n\"level.business\" = 1\n\"customer.is_foreign\" = true\n";
    let (rating, missing) = rated(&pack, given);
    assert_eq!(rating.scores, [1, 1, 1, 4]);
    assert_eq!(rating.prudent, [3]);
    assert_eq!(missing, ["customer.is_listed", "level.industry"]);
    // 40 + 24 + 20 + 64 = 148.
    assert_eq!(card(&pack).written(rating.total), "29.6");
}

#[test]
fn a_model_that_does_not_add_up_is_refused() {
    let refused = |old: &str, new: &str, code: &str| {
        let mut files = files();
        let model = files.get_mut("model.toml").unwrap();
        assert!(model.contains(old), "{old}");
        *model = model.replacen(old, new, 1);
        let problems: Vec<Problem> = load(&files, &Foundation::default()).map(drop).unwrap_err();
        assert!(
            problems.iter().any(|problem| problem.code == code),
            "{problems:?}"
        );
    };
    refused("weight = 24", "weight = 25", "weights");
    refused("up_to = 49.6", "up_to = 80.5", "bands");
    refused(
        "up_to = 80 }",
        "up_to = 80 }, { id = \"x\", label = { zh = \"x\", en = \"x\" } }",
        "bands",
    );
    refused("score = 3", "score = 6", "number");
    refused("total = \"60\"", "total = \"59\"", "example");
    refused(
        "grade = \"high\" }",
        "grade = \"highest\" }",
        "unknown_grade",
    );
}
