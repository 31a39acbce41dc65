//! The server as its clients see it.

#[path = "../support/mod.rs"]
mod support;

mod audit;
mod idempotency;
mod layers;
mod openapi;
mod sessions;
