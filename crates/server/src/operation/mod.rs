//! Operation (运行): looks at all capabilities from above. Health, the state of the book in a few
//! figures, the log, the doctor and the dump. It owns no table; what the doctor mends, it mends
//! through the capability that does.

pub mod book;
pub mod doctor;
pub mod dump;

mod audit;
mod health;
mod overview;
mod routes;

pub use health::routes as health;
pub use overview::{Overview, SizeCount, SourceCount, overview};
pub use routes::routes;
