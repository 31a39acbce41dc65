//! Examples of rules, run as tests.

use std::collections::BTreeSet;

use super::{Example, Head, Known};
use crate::expression::{Expression, Outcome, Truth};
use crate::facts::Batch;
use crate::foundation::Foundation;
use crate::problem::{Otherwise, Problem, Problems, Wording};

/// Examples run as tests.
pub(crate) struct Trial<'a> {
    pub foundation: &'a Foundation,
    pub problems: &'a mut Problems,
    /// How many were run.
    pub examples: usize,
    /// The facts that the rule looks at.
    pub facts: Vec<usize>,
    /// Whether an example of the rule turned out otherwise.
    pub has_failed: bool,
    /// How many examples of the rule were run.
    pub place: usize,
}

impl Trial<'_> {
    /// What examples give, as rows with the derived facts that the rule looks at.
    pub fn rows(&self, examples: &[Example<Known>]) -> Batch {
        let given: Vec<&Known> = examples.iter().map(|example| &example.given).collect();
        self.foundation.rows_with(&given, &self.facts)
    }

    /// Reports what turns out otherwise than an example expects.
    pub fn compare<G>(&mut self, head: &Head, example: &Example<G>, found: &str) {
        self.examples += 1;
        let place = self.place;
        self.place += 1;
        let (id, expect) = (&head.id, &example.expect);
        if expect != found {
            self.has_failed = true;
            let wording = Wording::new(
                format!("{id} 的示例应得 {expect}，实得 {found}"),
                format!("the example of {id} expects {expect}, it is {found}"),
            );
            let mut problem = Problem::at(&head.file, &example.span, "example", wording);
            problem.otherwise = Some(Otherwise {
                rule: id.clone(),
                example: place,
                found: found.to_owned(),
            });
            self.problems.push(problem);
        }
    }

    /// Reports sides from which no example shows a rule, and says whether there is none. An example that turned out
    /// otherwise was told of; what it was to show is not asked for again.
    pub fn check_shown(&mut self, head: &Head, shown: &[String], wanted: &[&str]) -> bool {
        if self.has_failed {
            return false;
        }
        let mut all = true;
        for wanted in wanted {
            if shown.iter().all(|shown| shown != wanted) {
                all = false;
                let wording = Wording::new(
                    format!("{} 没有得出 {wanted} 的示例", head.id),
                    format!("no example shows {} giving {wanted}", head.id),
                );
                let problem = Problem::at(&head.file, &head.span, "missing_example", wording);
                self.problems.push(problem);
            }
        }
        all
    }
}

/// The truth of a condition in each row.
pub(crate) fn truths(when: &Expression, batch: &Batch) -> Vec<Truth> {
    match when.evaluate(batch) {
        Outcome::Truths(truths) => truths,
        _ => vec![Truth::Missing; batch.len()],
    }
}

/// The facts that are missing in a row and of which one of these conditions says so.
pub(crate) fn missing_facts<'e>(
    conditions: impl Iterator<Item = &'e Expression>,
    batch: &Batch,
    row: usize,
) -> Vec<usize> {
    let undecided = conditions.filter(|when| truths(when, batch)[row] == Truth::Missing);
    let facts = undecided.flat_map(Expression::facts).copied();
    let missing: BTreeSet<usize> = facts.filter(|place| batch.lacks(*place, row)).collect();
    missing.into_iter().collect()
}
