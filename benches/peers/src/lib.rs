//! What benchmarks share: peers in Python environments of their own, the cost of a process, and
//! the page of figures that is committed.
//!
//! A benchmark opens an [`Environment`], runs its own Python script there and the release binary
//! as [`measured`] processes, and keeps what it found as a [`Page`] of `benches/results`. Peers
//! are packages of other people, pinned in `requirements/`; nothing of them is shipped.

mod environment;
mod page;
mod process;

pub use environment::{Environment, Peers};
pub use page::{Page, grouped};
pub use process::{Cost, measured, measured_into, release_binary, repository};
