//! Audit (审计): what was done, by whom, in the transaction that did it.

mod entry;

pub use entry::{NewEntry, append};
