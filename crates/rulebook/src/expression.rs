//! Conditions and derived values: parsed, checked against the types of facts, evaluated over columns.

mod checking;
mod days;
mod evaluation;
mod moments;
mod node;
mod parsing;
mod reach;

use std::ops::Range;

pub(crate) use days::{civil, day_of};
pub use days::{parse as day, written as written_day};
pub use evaluation::{Outcome, Truth};
pub(crate) use moments::{DAY, day_of as day_of_moment, minute_of_day};
pub use moments::{parse as moment, written as written_moment};
use node::Typed;

use crate::facts::{Batch, FactDictionary, Type};
use crate::problem::Wording;

/// Something wrong in an expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExpressionProblem {
    /// Where, in bytes of the expression.
    pub span: Range<usize>,
    /// A code that never changes.
    pub code: &'static str,
    /// What to correct.
    pub wording: Wording,
}

/// An expression that was checked and is ready for many rows.
#[derive(Clone, Debug)]
pub struct Expression {
    root: Typed,
    kind: Type,
    facts: Vec<usize>,
}

impl Expression {
    /// Parses and checks an expression; everything that is wrong with it otherwise.
    pub fn compile(
        text: &str,
        dictionary: &FactDictionary,
    ) -> Result<Self, Vec<ExpressionProblem>> {
        let parsed = parsing::parse(text)?;
        checking::check(&parsed, dictionary)
    }

    /// Parses and checks a condition: an expression that is true or false.
    pub fn condition(
        text: &str,
        dictionary: &FactDictionary,
    ) -> Result<Self, Vec<ExpressionProblem>> {
        let expression = Self::compile(text, dictionary)?;
        if expression.kind == Type::Boolean {
            return Ok(expression);
        }
        let found = expression.kind.wording();
        Err(vec![ExpressionProblem {
            span: 0..text.len(),
            code: "not_a_condition",
            wording: Wording::new(
                format!("条件须得真或假，此式得{}", found.zh),
                format!("a condition is true or false, this is {}", found.en),
            ),
        }])
    }

    /// The type of what it gives.
    pub fn kind(&self) -> Type {
        self.kind
    }

    /// The places of the facts that it looks at, in order.
    pub fn facts(&self) -> &[usize] {
        &self.facts
    }

    /// What it gives for each row.
    pub fn evaluate(&self, batch: &Batch) -> Outcome {
        evaluation::evaluate(&self.root, batch)
    }
}
