//! Conditions (条件): what holds or does not.

use crate::expression::{Expression, Truth};
use crate::facts::Batch;
use crate::pack::reading::Section;
use crate::rule::{Example, Head, Kind, Known, MISSING, Reading, Trial, truths};

/// A rule that holds or does not.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Who it is.
    pub head: Head,
    /// The expression as written.
    pub text: String,
    /// Ready to be evaluated.
    pub when: Expression,
    /// What it says of given facts.
    pub examples: Vec<Example<Known>>,
}

impl Condition {
    /// What it says of each row.
    pub fn evaluate(&self, batch: &Batch) -> Vec<Truth> {
        truths(&self.when, batch)
    }
}

impl Kind for Condition {
    const KEY: &'static str = "condition";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let when = reading.condition(table, "when");
        let examples = reading.examples(table, expected);
        let (when, written) = when?;
        reading.check_reached(table, &[(&when, written.span)]);
        Some(Self {
            head,
            text: written.text.to_owned(),
            when,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        vec![&self.when]
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        let found: Vec<String> = self
            .evaluate(&trial.rows(&self.examples))
            .into_iter()
            .map(|truth| truth.to_string())
            .collect();
        for (example, found) in self.examples.iter().zip(&found) {
            trial.compare(&self.head, example, found);
        }
        let sides = if self.when.facts().is_empty() {
            &["true", "false"][..]
        } else {
            &["true", "false", MISSING]
        };
        trial.check_shown(&self.head, &found, sides)
    }
}

/// True, false or `"missing"`.
pub(super) fn expected(example: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<String> {
    let Some(value) = example.value("expect") else {
        reading.problems.push(example.missing("expect"));
        return None;
    };
    match (value.get_ref().as_bool(), value.get_ref().as_str()) {
        (Some(truth), _) => Some(truth.to_string()),
        (None, Some(MISSING)) => Some(MISSING.to_owned()),
        _ => {
            let told = (
                "expect 为 true、false 或 \"missing\"",
                "expect is true, false or \"missing\"",
            );
            reading.report(example, &value.span(), "expect", told);
            None
        }
    }
}
