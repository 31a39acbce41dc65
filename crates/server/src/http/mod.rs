//! HTTP: what every route stands on, so that a handler only extracts, calls one use-case and wraps.
//!
//! Nothing here knows a capability. A module of the server offers `routes()`; the wiring puts them
//! behind the layers of this module.

pub mod console;
pub mod etag;
pub mod headers;
pub mod idempotency;
pub mod limits;
pub mod openapi;
pub mod page;

mod extract;
mod problem;
mod wire;

pub(crate) use extract::without_values;
pub use extract::{Json, Path, Query};
pub use limits::StreamedBody;
pub use page::{COUNTED_UP_TO, Count, Page, PageQuery};
pub use problem::Problem;
pub use wire::{Id, Instant, Text};

/// The account that sent a request, put into it by whoever recognised the sender.
#[derive(Debug, Clone, Copy)]
pub struct Caller(pub i64);
