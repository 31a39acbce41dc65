//! Resolution (同一客户识别): which records speak of the same party.
//!
//! For now by strong keys (R4.1): the same valid identity number, or a credit code that contains
//! the organisation code, with agreeing names. The seam is made for the linkage engine: records
//! ask, a [`Plan`] with reasons comes back, and nothing here writes.

mod agreement;
mod arrangement;
mod comparison;
mod features;
mod plan;
mod reason;
mod strong_key;

pub use agreement::agree;
pub use arrangement::{Group, Standing, arrange};
pub use comparison::{Compared, FieldAgreement, compare};
pub use features::{Family, Features};
pub use plan::{Asking, Hold, Judgement, Known, Party, Plan, Settled, plan};
pub use reason::MembershipReason;
pub use strong_key::{StrongKey, StrongKeyKind, strong_keys};
