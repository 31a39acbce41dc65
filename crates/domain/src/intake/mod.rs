//! Intake (信息采集): which column is which attribute, and what row can become a record.

mod gate;
mod header;
mod instant;
mod mapping;

pub use gate::{Refusal, gate, names_somebody};
pub use header::{Suggestion, recognise};
pub use instant::{InvalidInstant, observed_micros};
pub use mapping::{ColumnMapping, Fixed, InvalidMapping, Mapping, ResolvedMapping, Target};
