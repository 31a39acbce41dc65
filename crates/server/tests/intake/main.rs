//! Intake as its clients see it, over real stores: what comes in is a record or in quarantine, and
//! whatever is done twice is done once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

#[path = "../support/mod.rs"]
mod support;

mod office;

mod batches;
mod corrections;
mod records;
mod resumption;
mod stream;
mod together;
mod uploads;
mod withdrawal;
