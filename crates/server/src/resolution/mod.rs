//! Resolution (同一客户识别): who shares a strong key with whom, merges, and what a person decided.

mod gather;
mod judgement;
mod merge;
mod review;

pub use gather::{blind_keys, gather};
pub use judgement::judge;
pub use merge::{MergeRow, list_merges, merge_customers, undo_merge};
pub use review::{ReviewRow, open_reviews, review_states};
