//! Protection (信息保护): what of a value somebody may see.

pub use rulebook::{InvalidMask, Mask};
