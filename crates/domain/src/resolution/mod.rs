//! Resolution (同一客户识别): which records speak of the same party.
//!
//! The engine `linkage` weighs what records say; here stands what of a record is compared, which customer each party
//! is, and why a record belongs where it does. Nothing here writes.

mod agreement;
mod arrangement;
mod comparison;
mod danger;
mod features;
mod guard;
mod hold;
mod household;
mod party;
mod reason;
mod strong_key;

pub use agreement::agree;
pub use arrangement::{Group, Standing, arrange};
pub use comparison::{Compared, FieldAgreement, compare};
pub use danger::{Danger, MANY_RECORDS, MergeSide, dangers};
pub use features::{Family, Features};
pub use guard::guard_text;
pub use hold::{Hold, Judgement};
pub use household::{Tie, TieKind, Together, TogetherKind, together};
pub use party::{Contact, ContactFamily, Party, Said};
pub use reason::MembershipReason;
pub use strong_key::{StrongKey, StrongKeyKind, strong_keys};
