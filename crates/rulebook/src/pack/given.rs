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
        let mut given = Vec::new();
        match example.section("given", problems) {
            None => problems.push(example.missing("given")),
            Some(section) => {
                let file = section.file;
                for (name, span, value) in section.entries() {
                    let found = facts.place(name);
                    let known = found.and_then(|place| {
                        Some((place, value_of(facts.fact(place), value.get_ref())?))
                    });
                    let (code, zh, en) = match (found, &known) {
                        (_, Some(known)) => {
                            given.push(known.clone());
                            continue;
                        }
                        (None, None) => (
                            "unknown_fact",
                            format!("没有事实 {name}"),
                            format!("there is no fact {name}"),
                        ),
                        (Some(place), None) => wrong_value(facts.fact(place)),
                    };
                    let at = if found.is_none() { span } else { value.span() };
                    problems.push(Problem::at(
                        file.name,
                        file.text,
                        &at,
                        code,
                        Wording::new(zh, en),
                    ));
                }
            }
        }
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
