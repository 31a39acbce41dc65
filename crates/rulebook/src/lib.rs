//! Rule packs (规则包): what regulators and institutions change, as dated data with examples that run.
//!
//! Conditions are written in the Common Expression Language over facts that a [`FactDictionary`] declares. They are
//! parsed by the language's own parser, checked against the types of the facts when they are loaded, and evaluated
//! over columns. A fact that is missing makes what hangs on it [`Truth::Missing`], as an error does in the language:
//! `false && missing` is false, `true || missing` is true.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers of the language become each other by its own rules; sizes are bounded when a pack is read"
)]

mod expression;
mod facts;
mod pack;
mod problem;
mod scorecard;

pub use expression::{Expression, ExpressionProblem, Outcome, Truth};
pub use facts::{Batch, BatchBuilder, Fact, FactDictionary, FactProblem, Label, Type, Value};
pub use pack::{
    Condition, Confidence, Coverage, Example, Pack, RatingExample, Source, Validity, load,
    read_facts,
};
pub use problem::{Problem, Wording};
pub use scorecard::{DirectCase, Grade, Item, Rating, Scorecard};
