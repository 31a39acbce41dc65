//! Examples run as tests: what a rule says of given facts must be what the pack expects.

use std::collections::BTreeMap;

use crate::expression::{Outcome, Truth};
use crate::facts::{Batch, BatchBuilder, Value};
use crate::pack::{Condition, Pack, RatingExample};
use crate::problem::{Problem, Wording};
use crate::scorecard::{Grade, Scorecard};

/// How far examples show what rules do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// How many rules there are.
    pub rules: usize,
    /// How many of them are shown from all sides: a condition that holds, that does not and that lacks a fact; a
    /// scorecard in each of its grades.
    pub covered: usize,
    /// How many examples were run.
    pub examples: usize,
}

/// Runs all examples and reports those that turn out otherwise.
pub(super) fn run(
    pack: &Pack,
    files: &BTreeMap<String, String>,
    problems: &mut Vec<Problem>,
) -> Coverage {
    let text = |file: &String| files.get(file).map_or("", String::as_str);
    let mut coverage = Coverage::default();
    for condition in &pack.conditions {
        let text = text(&condition.file);
        coverage.add(
            condition.examples.len(),
            condition_covered(pack, condition, text, problems),
        );
    }
    for (card, examples, file) in &pack.scorecards {
        let reported = (file.as_str(), text(file));
        coverage.add(
            examples.len(),
            card_covered(pack, (card, examples), reported, problems),
        );
    }
    coverage
}

impl Coverage {
    fn add(&mut self, examples: usize, covered: bool) {
        self.rules += 1;
        self.covered += usize::from(covered);
        self.examples += examples;
    }
}

/// Rows of what examples give; their values were checked when they were read.
fn rows<'a>(pack: &Pack, given: impl ExactSizeIterator<Item = &'a Vec<(usize, Value)>>) -> Batch {
    let mut rows = BatchBuilder::new(&pack.facts, given.len());
    for given in given {
        let pushed = rows.push(given);
        debug_assert!(pushed.is_ok(), "{pushed:?}");
    }
    rows.finish()
}

/// Whether a condition is shown where it holds, where it does not and where a fact is missing.
fn condition_covered(
    pack: &Pack,
    condition: &Condition,
    text: &str,
    problems: &mut Vec<Problem>,
) -> bool {
    let rows = rows(
        pack,
        condition.examples.iter().map(|example| &example.given),
    );
    let Outcome::Truths(truths) = condition.expression.evaluate(&rows) else {
        return false;
    };
    for (example, found) in condition.examples.iter().zip(&truths) {
        if example.expect != *found {
            let (id, expect) = (&condition.id, example.expect);
            let wording = Wording::new(
                format!("规则 {id} 的示例应{}，实{}", zh(expect), zh(*found)),
                format!(
                    "the example of rule {id} expects {}, it is {}",
                    en(expect),
                    en(*found)
                ),
            );
            problems.push(Problem::at(
                &condition.file,
                text,
                &example.span,
                "example",
                wording,
            ));
        }
    }
    let shown = |truth| truths.contains(&truth);
    let needs_missing = !condition.expression.facts().is_empty();
    shown(Truth::True) && shown(Truth::False) && (shown(Truth::Missing) || !needs_missing)
}

/// Whether a scorecard is shown giving each of its grades.
fn card_covered(
    pack: &Pack,
    (card, examples): (&Scorecard, &[RatingExample]),
    (file, text): (&str, &str),
    problems: &mut Vec<Problem>,
) -> bool {
    let rows = rows(pack, examples.iter().map(|example| &example.given));
    for (example, rating) in examples.iter().zip(card.rate(&rows)) {
        let (total, grade) = (card.written(rating.total), &card.grades[rating.grade].id);
        let wanted = example.total.as_ref().is_none_or(|wanted| *wanted == total);
        if !wanted || example.grade != *grade {
            let (id, expected) = (&card.id, &example.grade);
            let points = example.total.as_deref().unwrap_or("-");
            let wording = Wording::new(
                format!("{id} 的示例应得 {points} 分、{expected} 级，实得 {total} 分、{grade} 级"),
                format!(
                    "the example of {id} expects {points} and {expected}, it is {total} and {grade}"
                ),
            );
            problems.push(Problem::at(file, text, &example.span, "example", wording));
        }
    }
    let shown = |grade: &Grade| examples.iter().any(|example| example.grade == grade.id);
    card.grades.iter().all(shown)
}

fn zh(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "成立",
        Truth::False => "不成立",
        Truth::Missing => "缺事实",
    }
}

fn en(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Missing => "missing",
    }
}
