//! The server as its clients see it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

#[path = "../support/mod.rs"]
mod support;

mod audit;
mod authenticity;
mod idempotency;
mod layers;
mod openapi;
mod packs;
mod saved_views;
mod sessions;
mod unmasking;
