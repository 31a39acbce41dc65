//! What stands in the files of a pack: who it is, where it comes from, facts, conditions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::expression::{Expression, Truth};
use crate::facts::{Fact, FactDictionary, FactProblem, Label, Type};
use crate::pack::given::{day_of, examples};
use crate::pack::reading::{Section, Written};
use crate::pack::{Condition, Confidence, Example, Source, Validity};
use crate::problem::{Problem, Wording};

type Problems = Vec<Problem>;

/// Id, version, label and validity.
pub(super) fn identity(
    head: &mut Section<'_>,
    problems: &mut Problems,
) -> Option<(String, String, Label, Validity)> {
    let id = identifier(head, problems);
    let version = head.text("version", problems);
    let label = head.label(problems);
    let from = day(head, "effective_from", problems);
    let to = day(head, "effective_to", problems);
    if from.is_none() && head.value("effective_from").is_none() {
        problems.push(head.missing("effective_from"));
    }
    if let (Some((from, _)), Some((to, span))) = (&from, &to)
        && to < from
    {
        let (zh, en) = ("失效日期早于生效日期", "the last day lies before the first");
        problems.push(head.problem(span, "ends_before_it_begins", zh, en));
    }
    let validity = Validity {
        from: from?.0,
        to: to.map(|(day, _)| day),
    };
    Some((id?, version?.text.to_owned(), label, validity))
}

/// A day, as TOML writes one or as a text.
fn day(
    section: &mut Section<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<(i32, Range<usize>)> {
    let value = section.value(key)?;
    let day = day_of(value.get_ref());
    if day.is_none() {
        let (zh, en) = ("日期写作 2026-01-31", "a day is written as 2026-01-31");
        problems.push(section.problem(&value.span(), "date", zh, en));
    }
    Some((day?, value.span()))
}

/// Lower-case words, by which others name it.
pub(super) fn identifier(section: &mut Section<'_>, problems: &mut Problems) -> Option<String> {
    let id = section.text("id", problems)?;
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
    if id.text.len() > 100 || !id.text.bytes().all(fits) {
        let (zh, en) = (
            "编号只用小写字母、数字、点和连字符，最多 100 个",
            "an id is made of at most 100 lower-case letters, digits, points and hyphens",
        );
        problems.push(section.problem(&id.span, "id", zh, en));
        return None;
    }
    Some(id.text.to_owned())
}

/// What the pack implements.
pub(super) fn sources(head: &mut Section<'_>, problems: &mut Problems) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for mut section in head.sections("source", problems) {
        let id = identifier(&mut section, problems);
        let title = section.text("title", problems);
        let number = section.optional("number", problems);
        let confidence = section.text("confidence", problems);
        let confidence = confidence.and_then(|word| match word.text {
            "read" => Some(Confidence::Read),
            "seen" => Some(Confidence::Seen),
            "memory" => Some(Confidence::Memory),
            _ => {
                let (zh, en) = (
                    "可信程度为 read（已读全文）、seen（见过摘录）或 memory（凭记忆）",
                    "confidence is read, seen or memory",
                );
                problems.push(section.problem(&word.span, "confidence", zh, en));
                None
            }
        });
        for key in ["issuer", "used_for"] {
            section.optional(key, problems);
        }
        day(&mut section, "effective_from", problems);
        if let (Some(id), Some(title), Some(confidence)) = (id, title, confidence) {
            if sources.iter().any(|source| source.id == id) {
                let (zh, en) = (
                    format!("来源 {id} 重复"),
                    format!("source {id} stands here twice"),
                );
                problems.push(section.problem(&section.span, "twice", zh, en));
            }
            sources.push(Source {
                id,
                title: title.text.to_owned(),
                number: number.map_or_else(String::new, |number| number.text.to_owned()),
                confidence,
            });
        }
        section.end(problems);
    }
    sources
}

/// The files that the pack lists and that are there.
pub(super) fn listed(
    head: &mut Section<'_>,
    files: &BTreeMap<String, String>,
    problems: &mut Problems,
) -> Vec<String> {
    let mut listed = BTreeSet::new();
    for file in head.texts("files", problems) {
        if file.text == "pack.toml" || !files.contains_key(file.text) {
            let (zh, en) = (
                format!("没有文件 {}", file.text),
                format!("there is no file {}", file.text),
            );
            problems.push(head.problem(&file.span, "missing_file", zh, en));
        } else {
            listed.insert(file.text.to_owned());
        }
    }
    for name in files.keys().filter(|name| *name != "pack.toml") {
        if !listed.contains(name) {
            let wording = Wording::new(
                "pack.toml 没有列出此文件",
                "pack.toml does not list this file",
            );
            problems.push(Problem::of_file(name, "unlisted_file", wording));
        }
    }
    listed.into_iter().collect()
}

/// The facts of all files.
pub(super) fn facts(sections: &mut [Section<'_>], problems: &mut Problems) -> FactDictionary {
    let mut facts: Vec<Fact> = Vec::new();
    for section in sections {
        for mut declared in section.sections("fact", problems) {
            let before = problems.len();
            let name = declared.text("name", problems);
            let kind = declared.text("type", problems);
            let label = declared.label(problems);
            let values = declared.texts("values", problems);
            let values = values.iter().map(|value| value.text.to_owned()).collect();
            let kind = kind.and_then(|word| match word.text {
                "boolean" => Some(Type::Boolean),
                "integer" => Some(Type::Integer),
                "number" => Some(Type::Number),
                "date" => Some(Type::Date),
                "text" => Some(Type::Text),
                "texts" => Some(Type::Texts),
                _ => {
                    let (zh, en) = (
                        "类型为 boolean、integer、number、date、text 或 texts",
                        "a type is boolean, integer, number, date, text or texts",
                    );
                    problems.push(declared.problem(&word.span, "type", zh, en));
                    None
                }
            });
            if let (Some(name), Some(kind), true) = (name, kind, problems.len() == before) {
                let fact = Fact {
                    name: name.text.to_owned(),
                    kind,
                    label,
                    values,
                };
                let known = facts.iter().any(|other| other.name == fact.name);
                let fits = FactDictionary::new(vec![fact.clone()]);
                let wrong = fits
                    .err()
                    .or_else(|| known.then(|| FactProblem::Twice(fact.name.clone())));
                match wrong {
                    Some(wrong) => problems.push(declared.problem(
                        &name.span,
                        "fact",
                        format!("事实名称须为小写单词以点相连且不重复：{}", fact.name),
                        wrong.to_string(),
                    )),
                    None => facts.push(fact),
                }
            }
            declared.end(problems);
        }
    }
    // Each was tried before it was taken.
    FactDictionary::new(facts).unwrap_or_default()
}

/// The conditions of a file.
pub(super) fn conditions(
    section: &mut Section<'_>,
    facts: &FactDictionary,
    sources: &[Source],
    conditions: &mut Vec<Condition>,
    problems: &mut Problems,
) {
    for mut rule in section.sections("condition", problems) {
        let id = identifier(&mut rule, problems);
        let label = rule.label(problems);
        let when = rule.text("when", problems);
        let origin = origin(&mut rule, sources, problems);
        if let Some(id) = id
            .as_ref()
            .filter(|id| conditions.iter().any(|other| other.id == **id))
        {
            let (zh, en) = (
                format!("规则 {id} 重复"),
                format!("rule {id} stands in the pack twice"),
            );
            problems.push(rule.problem(&rule.span, "twice", zh, en));
        }
        let expression = when
            .as_ref()
            .and_then(|when| compiled(&rule, when, facts, problems));
        let examples = examples(&mut rule, facts, problems);
        if let (Some(id), Some(when), Some(origin), Some(expression)) =
            (id, when, origin, expression)
        {
            check_examples(&rule, &expression, &examples, problems);
            conditions.push(Condition {
                id,
                label,
                text: when.text.to_owned(),
                expression,
                origin,
                examples,
                file: rule.file.name.to_owned(),
            });
        }
        rule.end(problems);
    }
}

/// The source of a rule, and the article where one is named.
pub(super) fn origin(
    rule: &mut Section<'_>,
    sources: &[Source],
    problems: &mut Problems,
) -> Option<(String, Option<String>)> {
    let source = rule.text("source", problems);
    let article = rule.optional("article", problems);
    let source = source?;
    if sources.iter().all(|known| known.id != source.text) {
        let zh = format!("pack.toml 没有来源 {}", source.text);
        let en = format!("pack.toml has no source {}", source.text);
        problems.push(rule.problem(&source.span, "unknown_source", zh, en));
        return None;
    }
    let article = article.map(|article| article.text.to_owned());
    Some((source.text.to_owned(), article))
}

/// The condition as an expression.
pub(super) fn compiled(
    rule: &Section<'_>,
    when: &Written<'_>,
    facts: &FactDictionary,
    problems: &mut Problems,
) -> Option<Expression> {
    match Expression::condition(when.text, facts) {
        Ok(expression) => Some(expression),
        Err(wrong) => {
            let wrong = wrong.into_iter();
            problems.extend(wrong.map(|wrong| {
                rule.problem_within(when, wrong.span.start, wrong.code, wrong.wording)
            }));
            None
        }
    }
}

/// A rule is shown where it holds, where it does not and where a fact is missing.
fn check_examples(
    rule: &Section<'_>,
    expression: &Expression,
    examples: &[Example],
    problems: &mut Problems,
) {
    let wanted = [
        (Truth::True, "成立", "holds"),
        (Truth::False, "不成立", "does not hold"),
        (Truth::Missing, "缺少事实", "lacks a fact"),
    ];
    for (truth, zh, en) in wanted {
        let can_be = truth != Truth::Missing || !expression.facts().is_empty();
        if can_be && examples.iter().all(|example| example.expect != truth) {
            let zh = format!("没有规则{zh}的示例");
            let en = format!("no example shows a case in which the rule {en}");
            problems.push(rule.problem(&rule.span, "missing_example", zh, en));
        }
    }
}
