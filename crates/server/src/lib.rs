//! The shell of Hubu: HTTP, SQL and jobs, one module per capability.
//!
//! Modules depend only backwards in this order; [`pipeline`] composes the stages of an import and
//! may know all of them, and nobody but the wiring knows it.

pub mod clock;
pub mod store;

pub mod access;
pub mod audit;
pub mod authenticity;
pub mod http;
pub mod index;
pub mod intake;
pub mod operation;
pub mod packs;
pub mod pipeline;
pub mod protection;
pub mod register;
pub mod resolution;
pub mod wiring;

pub use store::{OpenStoreError, Store, StoreOptions};
