//! Rule packs (规则包): what regulators and institutions change, as dated data with examples that run.
//!
//! Conditions are written in the Common Expression Language over facts that a [`FactDictionary`] declares. They are
//! parsed by the language's own parser, checked against the types of the facts when they are loaded, and evaluated
//! over columns. A fact that is missing makes what hangs on it [`Truth::Missing`], as an error does in the language:
//! `false && missing` is false, `true || missing` is true.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers of the language become each other by its own rules; sizes are bounded when a pack is read"
)]

mod difference;
mod expression;
mod facts;
mod foundation;
mod pack;
mod problem;
mod rule;
mod rules;
mod stack;
mod verdict;

pub use difference::{Change, Difference, differences};
pub use expression::{Expression, ExpressionProblem, Outcome, Truth};
pub use expression::{day, moment, written_day, written_moment};
pub use facts::{Batch, BatchBuilder, Fact, FactDictionary, FactProblem, Label, Type, Value};
pub use foundation::Foundation;
pub use pack::{
    Confidence, Coverage, Identity, Layer, MOST_BYTES, MOST_BYTES_OF_FILE, MOST_FILES, Pack,
    Source, Validity, check_builds_on, compile, identity_of, load, read_facts,
};
pub use problem::{Concerned, Otherwise, Problem, Wording};
pub use rule::{Example, Head, Known, Rule};
pub use rules::*;
pub use stack::{Edition, Ruling, Stack, in_force, ordered};
pub use verdict::{Part, Reason, Verdict, Verdicts};
