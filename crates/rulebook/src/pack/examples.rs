//! Examples run as tests: what a rule says of given facts must be what the pack expects.

use std::collections::BTreeMap;

use crate::expression::{Outcome, Truth};
use crate::facts::BatchBuilder;
use crate::pack::Pack;
use crate::problem::{Problem, Wording};

/// How far examples show what rules do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// How many rules there are.
    pub rules: usize,
    /// How many of them have an example in which they hold, one in which they do not, and one that lacks a fact.
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
    let mut coverage = Coverage::default();
    for condition in &pack.conditions {
        let mut rows = BatchBuilder::new(&pack.facts, condition.examples.len());
        let fit = condition
            .examples
            .iter()
            .all(|example| rows.push(&example.given).is_ok());
        let Outcome::Truths(truths) = condition.expression.evaluate(&rows.finish()) else {
            continue;
        };
        debug_assert!(fit, "values were checked when they were read");
        let text = files.get(&condition.file).map_or("", String::as_str);
        for (example, found) in condition.examples.iter().zip(&truths) {
            if example.expect != *found {
                let wording = Wording::new(
                    format!(
                        "规则 {} 的示例应{}，实{}",
                        condition.id,
                        zh(example.expect),
                        zh(*found)
                    ),
                    format!(
                        "the example of rule {} expects {}, it is {}",
                        condition.id,
                        en(example.expect),
                        en(*found)
                    ),
                );
                let problem = Problem::at(&condition.file, text, &example.span, "example", wording);
                problems.push(problem);
            }
        }
        let shown = |truth| truths.contains(&truth);
        let needs_missing = !condition.expression.facts().is_empty();
        let covered =
            shown(Truth::True) && shown(Truth::False) && (shown(Truth::Missing) || !needs_missing);
        coverage.rules += 1;
        coverage.covered += usize::from(covered);
        coverage.examples += condition.examples.len();
    }
    coverage
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
