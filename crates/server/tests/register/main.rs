//! The register and resolution as their clients see them, over real stores.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

#[path = "../support/mod.rs"]
mod support;

mod book;

mod arrival;
mod claims;
mod desk;
mod evidence;
mod history;
mod linkage_book;
mod linkage_runs;
mod list;
mod merges;
mod network;
mod reviews;
mod search;
mod second_opinion;
mod sources;
mod splits;
mod unmerging;
mod view;
mod withdrawal;
