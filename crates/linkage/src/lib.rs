//! Which records are one party (同一客户识别): block, compare, weigh, cluster, with the reasons.
//!
//! A [`Book`] holds the records of a table as compact columns. [`survey`] sees from the cells alone what the columns
//! hold; [`learn`] finds without labels what agreement in each of them says, and which keys bring records together
//! (Fellegi and Sunter 1969, with expectation–maximisation); [`link`] compares what meets under a key and gathers
//! parties by average linkage; [`explain`] says why. A [`Model`] is all that was learnt, as a file that a person reads.
//!
//! The same records and the same model give the same parties, in whatever order the rows stand and whatever the
//! columns are called. The crate knows nothing of customers' data beyond the table, and keeps nothing.
//!
//! ```
//! use linkage::{BookBuilder, learn, link, survey};
//! use tables::{Chunk, Column};
//!
//! let mut chunk = Chunk::new(0);
//! chunk.row_numbers = vec![1, 2, 3];
//! chunk.columns = vec![
//!     Column::from_iter([Some("张伟民"), Some("張偉民"), Some("李芳")]),
//!     Column::from_iter([Some("1966-09-01"), Some("1966/9/1"), Some("1980-02-03")]),
//!     Column::from_iter([Some("13800138000"), Some("+86 138 0013 8000"), Some("13900139000")]),
//! ];
//! let mut builder = BookBuilder::new(survey(&chunk, None), chunk.len());
//! builder.push(&chunk)?;
//! let book = builder.finish();
//! let model = learn(&book, &["name", "birth", "mobile"].map(str::to_owned), 1).model;
//! assert_eq!(link(&book, &model)?.parties, [0, 0, 2]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "rows and values are numbered in 32 bits, which a book checks as it takes them in; evidence is an estimate"
)]

mod blocking;
mod book;
mod choosing;
mod clustering;
mod expectation;
mod explanation;
mod frequencies;
mod grouping;
mod guards;
mod hash;
mod kind;
mod learning;
mod level;
mod linker;
mod linking;
mod model;
mod problem;
mod sampling;
mod scoring;
mod survey;
mod values;
mod word;

pub use blocking::{Extract, KeyPart, Rule};
pub use book::{Book, BookBuilder, Field, MOST_RECORDS, TooManyRecords};
pub use expectation::{Threshold, chance};
pub use explanation::{Explanation, FieldEvidence, Supposed, WhyNot, explain, unlinkable, what_if};
pub use frequencies::FrequencyModel;
pub use guards::{Action, Condition, Guard, Outcome};
pub use kind::Kind;
pub use level::{Agreement, Level};
pub use linker::{Circumstances, Decision, Linker};
pub use linking::{Edge, Learned, Linked, Verdict, expected, learn, learn_from, link};
pub use model::{FieldModel, LevelModel, Limits, Model, RuleModel, RulePart};
pub use problem::ModelProblem;
pub use survey::{ColumnPlan, survey};
