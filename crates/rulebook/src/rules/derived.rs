//! Derived facts (派生事实): computed from other facts, for rules to look at.

use crate::expression::{Expression, Truth};
use crate::facts::{Fact, Type, Value};
use crate::pack::reading::Section;
use crate::pack::values::{value_of, wrong_value};
use crate::rule::{Example, Head, Kind, Known, MISSING, Reading, Trial};

/// A fact that is computed. Its id is the name of the fact.
#[derive(Clone, Debug)]
pub struct Derived {
    /// Who it is.
    pub head: Head,
    /// The place of the fact.
    pub place: usize,
    /// The expression as written.
    pub text: String,
    /// Ready to be evaluated.
    pub value: Expression,
    /// What it gives for given facts.
    pub examples: Vec<Example<Known>>,
}

impl Kind for Derived {
    const KEY: &'static str = "derived";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        // Its type was read with the facts, before anything could look at it.
        let _type = table.value("type");
        let place = reading.facts().place(&head.id);
        let fact = place.map(|place| reading.facts().fact(place).clone());
        let written = table.text("value", reading.problems);
        let value = written.and_then(|written| {
            let value = reading.compiled(table, &written, Expression::compile)?;
            if let Some(fact) = &fact
                && value.kind() != fact.kind
            {
                let (own, declared) = (value.kind().wording(), fact.kind.wording());
                let told = (
                    format!("此式得{}，应得{}", own.zh, declared.zh),
                    format!("this gives {}, {} is declared", own.en, declared.en),
                );
                reading.report(table, &written.span, "wrong_type", told);
            }
            Some((value, written.text.to_owned()))
        });
        let examples = reading.examples(table, |example, reading| {
            expected(example, fact.as_ref(), reading)
        });
        let (value, text) = value?;
        Some(Self {
            head,
            place: place?,
            text,
            value,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        vec![&self.value]
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        trial.facts.push(self.place);
        let rows = trial.rows(&self.examples);
        let mut shown = Vec::new();
        for (row, example) in self.examples.iter().enumerate() {
            let value = rows.value(self.place, row, self.value.kind());
            let found = value.map_or_else(|| MISSING.to_owned(), |value| value.to_string());
            trial.compare(&self.head, example, &found);
            shown.push(found);
        }
        let needs_missing = !self.value.facts().is_empty();
        let known = shown.iter().any(|found| found != MISSING);
        known && (!needs_missing || trial.check_shown(&self.head, &shown, &[MISSING]))
    }
}

impl Derived {
    /// Whether what an expression gives can be a fact.
    pub(crate) fn fits(kind: Type) -> bool {
        matches!(
            kind,
            Type::Boolean | Type::Integer | Type::Number | Type::Date | Type::Moment
        )
    }
}

/// A value of the fact, or `"missing"`.
fn expected(
    example: &mut Section<'_>,
    fact: Option<&Fact>,
    reading: &mut Reading<'_>,
) -> Option<String> {
    let Some(value) = example.value("expect") else {
        reading.problems.push(example.missing("expect"));
        return None;
    };
    if value.get_ref().as_str() == Some(MISSING) {
        return Some(MISSING.to_owned());
    }
    let fact = fact?;
    let found = value_of(fact, value.get_ref());
    if found.is_none() {
        let (code, zh, en) = wrong_value(fact);
        reading.report(example, &value.span(), code, (zh, en));
    }
    found.map(|value: Value| value.to_string())
}

/// The truth as a pack writes it.
impl std::fmt::Display for Truth {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::True => "true",
            Self::False => "false",
            Self::Missing => MISSING,
        })
    }
}
