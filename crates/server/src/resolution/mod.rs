//! Resolution (同一客户识别): who shares a strong key with whom, merges, and what a person decided.

mod decide;
mod gather;
mod judgement;
mod merge;
mod merges;
mod queue;
mod review;
mod routes;
mod timeline;
mod wire;

pub use decide::{Decider, decide, join, part};
pub use gather::{blind_keys, gather};
pub use judgement::judge;
pub use merge::{MergeRow, list_merges, merge_customers, undo_merge};
pub use review::{ReviewRow, ReviewState, find_review, list_reviews, open_reviews, reviews_of};
pub use routes::routes;

pub use crate::register::refold_after;
