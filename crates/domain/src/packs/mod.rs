//! Rule packs (规则包): which facts of a customer rules may look at, and the packs that are shipped.

mod facts;
mod shipped;

pub use facts::{Known, facts_of, foundation, sensitive_facts};
pub use shipped::{ShippedPack, shipped};
