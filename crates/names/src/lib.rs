//! Names of persons and organisations: folding, search keys with pinyin, agreement, comparison.
//!
//! Everything here looks at spelling only. Two names that agree may belong to two persons, and a
//! person may have two names that do not: agreement is evidence beside a stronger key, with the
//! reason said, never an identity by itself.
//!
//! [`agreement`] answers at once, without weights and frequencies, where a stronger key is at hand.
//! [`compare`] gives a score and its reasons where a name stands for itself, [`PreparedName`] does so for one against
//! many, and [`keys`] find the candidates. `docs/names.md` says how they do it and how well.
//!
//! ```
//! use names::{Agreement, Reason, agreement, fold, search_keys};
//!
//! assert_eq!(fold("張　三"), "张三");
//! assert_eq!(search_keys("单雄信").pinyin, "shanxiongxin");
//! assert_eq!(agreement("张三", "ZHANG, San"), Agreement::Agrees(Reason::Pinyin));
//! assert_eq!(agreement("王芳", "王丽"), Agreement::Disagrees);
//!
//! let comparison = names::compare(names::NameKind::Person, "毛泽东", "Mao Tse-tung");
//! assert_eq!(format!("{:.2} {}", comparison.score, comparison.reasons), "0.94 one is the Wade-Giles spelling of the other");
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
#[doc(hidden)]
pub use person::word_key;
pub use person::{PreparedName, surname};
pub use reason::Reason;
pub use reasons::Reasons;
pub use search_keys::{SearchKeys, search_keys, write_search_keys};
