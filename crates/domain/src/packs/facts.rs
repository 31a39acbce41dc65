//! The facts (事实) that rules may look at: one for each attribute that is declared, and what Hubu knows beside them.

use std::collections::BTreeSet;

use rulebook::{Fact, FactDictionary, FactProblem, Foundation, Label, Type, Value};

use crate::Text;
use crate::register::{Attribute, AttributeType, Catalogue, Class, FieldId, GoldenView, PartyKind};

/// What is known of a customer beside the values of the view.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// What the records say together.
    pub view: &'a GoldenView,
    /// How many records stand behind it.
    pub records: i64,
    /// Since when there has been one, in days since 1970; none where it is not asked for.
    pub since: Option<i32>,
    /// The day on which rules are asked, in days since 1970.
    pub today: i32,
}

/// The facts of the program, in this order: their places are its constants.
const OWN: [(&str, Type, &str, &str); 4] = [
    ("day.today", Type::Date, "当日", "the day"),
    ("customer.kind", Type::Text, "客户类型", "kind of party"),
    (
        "customer.records",
        Type::Integer,
        "来源记录数",
        "records behind the view",
    ),
    (
        "customer.since",
        Type::Date,
        "建档日期",
        "day on which the customer came to be",
    ),
];

/// What every pack stands on: the facts of the program and one for each attribute.
pub fn foundation(catalogue: &Catalogue) -> Result<Foundation, FactProblem> {
    let mut dictionary = FactDictionary::default();
    for (name, kind, zh, en) in OWN {
        let values = if name == "customer.kind" {
            PartyKind::ALL.map(|kind| kind.name().to_owned()).into()
        } else {
            Vec::new()
        };
        dictionary.declare(Fact {
            name: name.to_owned(),
            kind,
            label: Label {
                zh: zh.to_owned(),
                en: en.to_owned(),
            },
            values,
        })?;
    }
    for attribute in catalogue.attributes() {
        let name = name_of(attribute);
        if dictionary.place(&name).is_none() {
            dictionary.declare(fact(attribute, name))?;
        }
    }
    let names = catalogue.attributes().iter();
    Ok(Foundation::new(dictionary).with_attributes(names.map(|attribute| attribute.name.clone())))
}

fn name_of(attribute: &Attribute) -> String {
    format!("customer.{}", attribute.name)
}

fn fact(attribute: &Attribute, name: String) -> Fact {
    let Text { zh, en } = &attribute.label;
    let kind = kind_of(attribute);
    let is_text = matches!(kind, Type::Text | Type::Texts);
    let values = attribute.values.iter().filter(|_| is_text);
    Fact {
        name,
        kind,
        label: Label {
            zh: zh.clone(),
            en: en.clone(),
        },
        values: values.map(|value| value.name.clone()).collect(),
    }
}

fn kind_of(attribute: &Attribute) -> Type {
    if attribute.multiple {
        return Type::Texts;
    }
    match attribute.attribute_type {
        AttributeType::Date => Type::Date,
        AttributeType::Money | AttributeType::Number => Type::Number,
        _ => Type::Text,
    }
}

/// The places of the facts whose values are protected.
pub fn sensitive_facts(catalogue: &Catalogue, facts: &FactDictionary) -> BTreeSet<usize> {
    let attributes = catalogue.attributes().iter();
    let protected = attributes.filter(|attribute| attribute.class != Class::General);
    let places = protected.filter_map(|attribute| facts.place(&name_of(attribute)));
    places.collect()
}

/// What is known of a customer, by the places of the facts. A value that its fact cannot be, as a date that is none, is
/// left out: rules see it as missing.
pub fn facts_of(
    known: &Known<'_>,
    catalogue: &Catalogue,
    facts: &FactDictionary,
) -> rulebook::Known {
    let own = [
        Some(Value::Date(known.today)),
        Some(Value::Text(known.view.kind.name().to_owned())),
        Some(Value::Integer(known.records)),
        known.since.map(Value::Date),
    ];
    let own = own.into_iter().enumerate();
    let mut found: rulebook::Known = own
        .filter_map(|(place, value)| Some((place, value?)))
        .collect();
    let mut values = known.view.values.as_slice();
    while let Some(first) = values.first() {
        let count = values
            .iter()
            .take_while(|value| value.field == first.field)
            .count();
        let (same, rest) = values.split_at(count);
        values = rest;
        let written = same.iter().map(|value| value.value.as_str());
        found.extend(fact_of(first.field, written, catalogue, facts));
    }
    found
}

fn fact_of<'v>(
    field: FieldId,
    mut written: impl Iterator<Item = &'v str>,
    catalogue: &Catalogue,
    facts: &FactDictionary,
) -> Option<(usize, Value)> {
    let place = facts.place(&name_of(catalogue.attribute(field)?))?;
    let fact = facts.fact(place);
    let listed = |text: &&str| fact.values.is_empty() || fact.values.iter().any(|one| one == text);
    let value = match fact.kind {
        Type::Texts => Value::Texts(written.filter(listed).map(str::to_owned).collect()),
        Type::Date => Value::Date(rulebook::day(written.next()?)?),
        Type::Number => Value::Number(
            written
                .next()?
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())?,
        ),
        Type::Text => Value::Text(written.next().filter(listed)?.to_owned()),
        Type::Boolean | Type::Integer | Type::Moment => return None,
    };
    (place >= OWN.len()).then_some((place, value))
}
