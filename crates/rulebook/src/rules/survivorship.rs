//! Survivorship (存活规则): which of several values of one attribute stands in the view.

use std::cmp::Ordering;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use toml::de::DeArray;

use crate::expression::Expression;
use crate::pack::reading::Section;
use crate::pack::values::{day_of, whole_number};
use crate::rule::{Example, Head, Kind, Reading, Trial};

/// What decides between two values of one attribute. A list of criteria is asked in order; the first that tells them
/// apart decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "存活规则")]
pub enum Criterion {
    /// A well-formed value before a malformed one.
    Valid,
    /// The more trusted source.
    Trust,
    /// The later observation.
    Newest,
    /// The more complete, that is longer, value.
    Longest,
    /// The value that more records say.
    Frequent,
}

/// What is known of one of several values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate<'a> {
    /// The value.
    pub value: &'a str,
    /// Whether it is well formed, if that was looked at.
    pub valid: Option<bool>,
    /// How far its source is trusted.
    pub trust: i64,
    /// When it was observed last.
    pub observed: i64,
    /// How many records say it.
    pub records: usize,
}

/// Which of two values a criterion puts first: the greater.
pub fn compare(criterion: Criterion, one: &Candidate<'_>, other: &Candidate<'_>) -> Ordering {
    // Whoever says nothing lies between right and wrong.
    let validity =
        |candidate: &Candidate<'_>| candidate.valid.map_or(1, |valid| u8::from(valid) * 2);
    match criterion {
        Criterion::Valid => validity(one).cmp(&validity(other)),
        Criterion::Trust => one.trust.cmp(&other.trust),
        Criterion::Newest => one.observed.cmp(&other.observed),
        Criterion::Longest => one.value.chars().count().cmp(&other.value.chars().count()),
        Criterion::Frequent => one.records.cmp(&other.records),
    }
}

impl FromStr for Criterion {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Ok(match word {
            "valid" => Self::Valid,
            "trust" => Self::Trust,
            "newest" => Self::Newest,
            "longest" => Self::Longest,
            "frequent" => Self::Frequent,
            _ => return Err(()),
        })
    }
}

/// The criteria of an attribute.
#[derive(Clone, Debug)]
pub struct Survivorship {
    /// Who it is.
    pub head: Head,
    /// The attribute, by its name.
    pub attribute: String,
    /// Asked in order.
    pub criteria: Vec<Criterion>,
    /// Which of given values stands.
    pub examples: Vec<Example<Vec<Given>>>,
}

/// A candidate of an example.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    value: String,
    valid: Option<bool>,
    trust: i64,
    observed: i64,
    records: usize,
}

impl Given {
    fn candidate(&self) -> Candidate<'_> {
        Candidate {
            value: &self.value,
            valid: self.valid,
            trust: self.trust,
            observed: self.observed,
            records: self.records,
        }
    }
}

impl Survivorship {
    /// The value that stands; between those that no criterion tells apart, the later observed.
    fn winner<'a>(&self, given: &'a [Given]) -> Option<&'a str> {
        let order = |one: &&Given, other: &&Given| {
            let (one, other) = (one.candidate(), other.candidate());
            let decided = self
                .criteria
                .iter()
                .map(|criterion| compare(*criterion, &one, &other));
            let decided = decided.fold(Ordering::Equal, Ordering::then);
            decided.then(one.observed.cmp(&other.observed))
        };
        given.iter().max_by(order).map(|given| given.value.as_str())
    }
}

impl Kind for Survivorship {
    const KEY: &'static str = "survivorship";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let attribute = reading.attribute(table, Self::KEY);
        let mut criteria = Vec::new();
        for word in table.texts("criteria", reading.problems) {
            if let Ok(criterion) = word.text.parse() {
                criteria.push(criterion);
            } else {
                let told = (
                    "准则为 valid、trust、newest、longest 或 frequent",
                    "a criterion is valid, trust, newest, longest or frequent",
                );
                reading.report(table, &word.span, "criterion", told);
            }
        }
        let is_empty = |list: &DeArray<'_>| list.is_empty();
        let written = table.value("criteria");
        if written.is_none_or(|list| list.get_ref().as_array().is_some_and(is_empty)) {
            reading.problems.push(table.missing("criteria"));
        }
        let examples = reading.examples_of(table, |example, reading| {
            let given = candidates(example, reading);
            let expect = example.text("expect", reading.problems)?;
            Some((given, expect.text.to_owned()))
        });
        Some(Self {
            head,
            attribute: attribute?,
            criteria,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        Vec::new()
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        for example in &self.examples {
            let found = self.winner(&example.given).unwrap_or_default();
            trial.compare(&self.head, example, found);
        }
        !self.examples.is_empty()
    }
}

fn candidates(example: &mut Section<'_>, reading: &mut Reading<'_>) -> Vec<Given> {
    let mut candidates = Vec::new();
    for mut section in example.sections("given", reading.problems) {
        let value = section.text("value", reading.problems);
        let valid = valid(&mut section, reading);
        let mut number = |key| match section.value(key) {
            Some(_) => whole_number(&mut section, key, (0, 1_000_000), reading.problems),
            None => None,
        };
        let (trust, records) = (number("trust"), number("records"));
        let observed = observed(&mut section, reading);
        if let Some(value) = value {
            candidates.push(Given {
                value: value.text.to_owned(),
                valid,
                trust: trust.map_or(0, i64::from),
                observed: observed.map_or(0, i64::from),
                records: records.map_or(1, |records| records as usize),
            });
        }
        section.end(reading.problems);
    }
    if example.value("given").is_none() {
        reading.problems.push(example.missing("given"));
    }
    candidates
}

fn valid(candidate: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<bool> {
    let value = candidate.value("valid")?;
    let valid = value.get_ref().as_bool();
    if valid.is_none() {
        let told = ("valid 为 true 或 false", "valid is true or false");
        reading.report(candidate, &value.span(), "wrong_type", told);
    }
    valid
}

fn observed(candidate: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<i32> {
    let value = candidate.value("observed")?;
    let day = day_of(value.get_ref());
    if day.is_none() {
        let told = ("日期写作 2026-01-31", "a day is written as 2026-01-31");
        reading.report(candidate, &value.span(), "date", told);
    }
    day
}
