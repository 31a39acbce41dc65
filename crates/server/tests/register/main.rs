//! The register and resolution as their clients see them, over real stores.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

#[path = "../support/mod.rs"]
mod support;

mod book;

mod list;
mod search;
mod sources;
mod view;
