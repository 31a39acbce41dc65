//! Operation (运行): looks at all capabilities from above. Health, and the state of the book in a
//! few figures, and the log. It writes nothing.

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
