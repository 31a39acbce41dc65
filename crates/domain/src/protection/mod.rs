//! Protection (信息保护): what of a value somebody may see.

mod mask;

pub use mask::{InvalidMask, Mask};
