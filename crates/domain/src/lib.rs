//! The decisions of Hubu, one module per capability: facts in, decision with reasons out.
//!
//! Nothing here knows a clock, a random number, a database or a network, so the same input always
//! gives the same answer and any decision can be replayed. In reading order:
//!
//! 1. [`register`]: what an attribute, a record, a customer number and a golden view are;
//! 2. [`protection`]: what of a value somebody may see;
//! 3. [`intake`]: which column is which attribute, and what row can become a record;
//! 4. [`resolution`]: which records speak of the same party;
//! 5. [`packs`]: which facts of a customer rules may look at.

pub mod intake;
pub mod packs;
pub mod protection;
pub mod register;
pub mod resolution;

mod text;

pub use text::Text;
