//! Audit (审计): what was done, by whom, in the transaction that did it.
//!
//! An entry is written by whoever does something; the sequencer numbers it afterwards, so that
//! writers never wait for one counter.

mod entry;
mod list;
mod sequencer;

pub use entry::{NewEntry, append, append_each};
pub use list::{Entry, Filter, list};
pub use sequencer::{run, sequence, unsequenced};
