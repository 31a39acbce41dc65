//! The kinds of rules, one module each: what a rule says, how it is read, what it does, how its examples are run.

mod bands;
mod calendar;
mod clock;
mod completeness;
mod condition;
mod decision;
mod derived;
mod dictionary;
mod mask;
mod opening_hours;
mod sampling;
mod scorecard;
mod scorecard_reading;
mod span;
mod survivorship;

pub use bands::{Band, Bands, Bound};
pub use calendar::Calendar;
pub use clock::{Clock, Due};
pub use completeness::{Completeness, Found, Item as CompletenessItem};
pub use condition::Condition;
pub use decision::{Decision, DecisionRow, DecisionTable, Hit, Outcome as DecisionOutcome};
pub use derived::Derived;
pub use dictionary::{Code, Dictionary};
pub use mask::{InvalidMask, Mask, MaskRule};
pub use sampling::SamplingPlan;
pub use scorecard::{Case, DirectCase, Floor, Grade, Item, Modifier, Rating, Scorecard};
pub use span::Span;
pub use survivorship::{Candidate, Criterion, Survivorship, compare};
