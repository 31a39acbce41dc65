//! What examples give and expect: values of facts as TOML writes them.

use toml::Spanned;
use toml::de::DeValue;

use crate::expression::{self, Truth};
use crate::facts::{Fact, FactDictionary, Type, Value};
use crate::pack::Example;
use crate::pack::reading::Section;
use crate::problem::{Problem, Wording};

/// The examples of a rule.
pub(super) fn examples(
    rule: &mut Section<'_>,
    facts: &FactDictionary,
    problems: &mut Vec<Problem>,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for mut example in rule.sections("example", problems) {
        let given = given(&mut example, facts, problems);
        let span = example.span.clone();
        if let Some(expect) = expected(&mut example, problems) {
            examples.push(Example {
                given,
                expect,
                span,
            });
        }
        example.end(problems);
    }
    examples
}

/// What an example gives, by the places of the facts.
pub(super) fn given(
    example: &mut Section<'_>,
    facts: &FactDictionary,
    problems: &mut Vec<Problem>,
) -> Vec<(usize, Value)> {
    let known = example.section("given", problems);
    if known.is_none() {
        problems.push(example.missing("given"));
    }
    known.map_or_else(Vec::new, |known| values(known, facts, problems))
}

/// The values of a table whose keys are names of facts.
pub(super) fn values(
    section: Section<'_>,
    facts: &FactDictionary,
    problems: &mut Vec<Problem>,
) -> Vec<(usize, Value)> {
    let file = section.file;
    let mut known = Vec::new();
    for (name, span, value) in section.entries() {
        let place = facts.place(name);
        let found = place.and_then(|place| value_of(facts.fact(place), value.get_ref()));
        let (at, code, zh, en) = match (place, found) {
            (Some(place), Some(found)) => {
                known.push((place, found));
                continue;
            }
            (Some(place), None) => {
                let (code, zh, en) = wrong_value(facts.fact(place));
                (value.span(), code, zh, en)
            }
            (None, _) => {
                let (zh, en) = (
                    format!("没有事实 {name}"),
                    format!("there is no fact {name}"),
                );
                (span, "unknown_fact", zh, en)
            }
        };
        problems.push(Problem::at(
            file.name,
            file.text,
            &at,
            code,
            Wording::new(zh, en),
        ));
    }
    known
}

/// A whole number within bounds, which must be there.
pub(super) fn whole_number(
    section: &mut Section<'_>,
    key: &'static str,
    (least, most): (u32, u32),
    problems: &mut Vec<Problem>,
) -> Option<u32> {
    let Some(value) = section.value(key) else {
        problems.push(section.missing(key));
        return None;
    };
    let number = match value.get_ref() {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    };
    let found = number.filter(|number| (least..=most).contains(number));
    if found.is_none() {
        let (zh, en) = (
            format!("{key} 为 {least} 至 {most} 的整数"),
            format!("{key} is a whole number from {least} to {most}"),
        );
        problems.push(section.problem(&value.span(), "number", zh, en));
    }
    found
}

fn wrong_value(fact: &Fact) -> (&'static str, String, String) {
    let kind = fact.kind.wording();
    let (zh, en) = if fact.values.is_empty() {
        (kind.zh, kind.en)
    } else {
        let (zh, en) = (fact.values.join("、"), fact.values.join(", "));
        (
            format!("{}，可取 {zh}", kind.zh),
            format!("{}, one of {en}", kind.en),
        )
    };
    let name = &fact.name;
    let (zh, en) = (format!("{name} 应为{zh}"), format!("{name} must be {en}"));
    ("wrong_value", zh, en)
}

fn expected(example: &mut Section<'_>, problems: &mut Vec<Problem>) -> Option<Truth> {
    let Some(value) = example.value("expect") else {
        problems.push(example.missing("expect"));
        return None;
    };
    match value.get_ref() {
        DeValue::Boolean(true) => Some(Truth::True),
        DeValue::Boolean(false) => Some(Truth::False),
        DeValue::String(word) if word == "missing" => Some(Truth::Missing),
        _ => {
            let (zh, en) = (
                "expect 为 true、false 或 \"missing\"",
                "expect is true, false or \"missing\"",
            );
            problems.push(example.problem(&value.span(), "expect", zh, en));
            None
        }
    }
}

/// A value as a fact of this type, if it can be one.
fn value_of(fact: &Fact, value: &DeValue<'_>) -> Option<Value> {
    let listed = |text: &str| fact.values.is_empty() || fact.values.iter().any(|one| one == text);
    let text = |value: &Spanned<DeValue<'_>>| {
        value
            .get_ref()
            .as_str()
            .filter(|text| listed(text))
            .map(str::to_owned)
    };
    Some(match (fact.kind, value) {
        (Type::Boolean, DeValue::Boolean(value)) => Value::Boolean(*value),
        (Type::Integer, DeValue::Integer(value)) => {
            Value::Integer(i64::from_str_radix(value.as_str(), value.radix()).ok()?)
        }
        (Type::Number, DeValue::Float(value)) => Value::Number(
            value
                .as_str()
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())?,
        ),
        (Type::Number, DeValue::Integer(value)) => {
            Value::Number(i64::from_str_radix(value.as_str(), value.radix()).ok()? as f64)
        }
        (Type::Date, value) => Value::Date(day_of(value)?),
        (Type::Text, DeValue::String(value)) if listed(value) => Value::Text(value.to_string()),
        (Type::Texts, DeValue::Array(values)) => {
            Value::Texts(values.iter().map(text).collect::<Option<Vec<String>>>()?)
        }
        _ => return None,
    })
}

/// A day, as TOML writes one or as a text.
pub(super) fn day_of(value: &DeValue<'_>) -> Option<i32> {
    match value {
        DeValue::String(text) => expression::day(text),
        DeValue::Datetime(moment) => expression::day(&moment.to_string()),
        _ => None,
    }
}
