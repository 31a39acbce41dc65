//! Names of persons and organisations: folding, search keys with pinyin, and agreement.
//!
//! Everything here looks at spelling only. Two names that agree may belong to two persons, and a
//! person may have two names that do not: agreement is evidence beside a stronger key, with the
//! reason said, never an identity by itself. There are no weights and no frequencies here.
//!
//! ```
//! use names::{Agreement, Reason, agreement, fold, search_keys};
//!
//! assert_eq!(fold("張　三"), "张三");
//! assert_eq!(search_keys("单雄信").pinyin, "shanxiongxin");
//! assert_eq!(agreement("张三", "ZHANG, San"), Agreement::Agrees(Reason::Pinyin));
//! assert_eq!(agreement("王芳", "王丽"), Agreement::Disagrees);
//! ```

mod agreement;
mod chinese;
mod comparison;
mod folding;
mod han;
mod organisation;
mod person;
mod readings;
mod reason;
mod reasons;
mod search_keys;
mod variants;
mod words;

pub use agreement::{Agreement, agreement};
pub use comparison::{Comparison, NameKind, compare, keys};
pub use folding::{fold, fold_into};
pub use organisation::{NamePart, OrganisationName, PartKind, organisation_agreement};
pub use person::PreparedName;
#[doc(hidden)]
pub use person::word_key;
pub use reason::Reason;
pub use reasons::Reasons;
pub use search_keys::{SearchKeys, search_keys, write_search_keys};
