//! Values as TOML writes them: numbers within bounds, days, moments, facts.

use toml::Spanned;
use toml::de::DeValue;

use crate::expression;
use crate::facts::{Fact, Named, Type, Value};
use crate::foundation::Foundation;
use crate::pack::reading::Section;
use crate::problem::{Problem, Problems, Wording};
use crate::rule::Known;

/// The values of a table whose keys are names of facts.
pub(crate) fn values(
    section: Section<'_>,
    foundation: &Foundation,
    problems: &mut Problems,
) -> Known {
    let (file, facts) = (section.file, &foundation.facts);
    let mut known = Vec::new();
    for (name, span, value) in section.entries() {
        let place = match facts.named(name) {
            Named::Known(place) => Some(place),
            Named::Unknown => None,
            Named::Refused => {
                problems.hush();
                continue;
            }
        };
        let found = place.and_then(|place| value_of(facts.fact(place), value.get_ref()));
        let (at, code, zh, en) = match (place, found) {
            (Some(place), _) if foundation.is_derived(place) => {
                let (zh, en) = (
                    format!("{name} 由其他事实得出，不能给定"),
                    format!("{name} is computed from other facts and cannot be given"),
                );
                (span, "derived_given", zh, en)
            }
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
        problems.push(Problem::at(file.name, &at, code, Wording::new(zh, en)));
    }
    known
}

/// A whole number within bounds, which must be there.
pub(crate) fn whole_number(
    section: &mut Section<'_>,
    key: &'static str,
    (least, most): (u32, u32),
    problems: &mut Problems,
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

/// A number with at most two digits behind the point, in hundredths.
pub(crate) fn hundredths(
    section: &mut Section<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<u32> {
    let found = signed_hundredths(section, key, problems)?;
    if let Ok(found) = u32::try_from(found) {
        return Some(found);
    }
    let span = section.value(key).map_or(0..0, Spanned::span);
    let (zh, en) = (
        format!("{key} 不小于零"),
        format!("{key} is a number from zero"),
    );
    problems.push(section.problem(&span, "number", zh, en));
    None
}

/// A number below or above zero with at most two digits behind the point, in hundredths.
pub(crate) fn signed_hundredths(
    section: &mut Section<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<i32> {
    let value = section.value(key)?;
    let number = number_of(value.get_ref()).map(|number| number * 100.0);
    let fits = |number: &f64| (number.round() - number).abs() < 1e-6 && number.abs() <= 1e6;
    let found = number.filter(fits).map(|number| number.round() as i32);
    if found.is_none() {
        let (zh, en) = (
            format!("{key} 为一万以内的数，最多两位小数"),
            format!("{key} is a number to ten thousand with two digits behind the point at most"),
        );
        problems.push(section.problem(&value.span(), "number", zh, en));
    }
    found
}

/// A finite number, whole or with a fraction.
pub(crate) fn number_of(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => {
            Some(i64::from_str_radix(number.as_str(), number.radix()).ok()? as f64)
        }
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

pub(crate) fn wrong_value(fact: &Fact) -> (&'static str, String, String) {
    let kind = fact.kind.wording();
    let (zh, en) = if fact.kind == Type::Moment {
        (
            format!("{}，写作 2026-01-31T14:30:00，不带时区", kind.zh),
            format!("{}, as 2026-01-31T14:30:00 without a zone", kind.en),
        )
    } else if fact.values.is_empty() {
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

/// A value as a fact of this type, if it can be one.
pub(crate) fn value_of(fact: &Fact, value: &DeValue<'_>) -> Option<Value> {
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
        (Type::Number, number) => Value::Number(number_of(number)?),
        (Type::Date, value) => Value::Date(day_of(value)?),
        (Type::Moment, value) => Value::Moment(moment_of(value)?),
        (Type::Text, DeValue::String(value)) if listed(value) => Value::Text(value.to_string()),
        (Type::Texts, DeValue::Array(values)) => {
            Value::Texts(values.iter().map(text).collect::<Option<Vec<String>>>()?)
        }
        _ => return None,
    })
}

/// A day, as TOML writes one or as a text.
pub(crate) fn day_of(value: &DeValue<'_>) -> Option<i32> {
    match value {
        DeValue::String(text) => expression::day(text),
        DeValue::Datetime(moment) => expression::day(&moment.to_string()),
        _ => None,
    }
}

/// A moment, as TOML writes a local one or as a text.
pub(crate) fn moment_of(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::String(text) => expression::moment(text),
        DeValue::Datetime(moment) => expression::moment(&moment.to_string()),
        _ => None,
    }
}
