//! Protection (信息保护): keys and disclosure. Which bytes are sealed with what, and who may see
//! what of a value.

mod disclosure;
mod gathered;
mod keys;

pub use disclosure::{Disclose, Disclosed, Disclosure, Purpose, Shown};
pub use keys::{KeyError, KeyScope, Keys, NewKeys};
