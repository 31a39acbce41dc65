//! Resolution (同一客户识别): who shares a strong key with whom, merges, and what a person decided.

mod decide;
mod judgement;
mod linkage;
mod merge;
mod merges;
mod queue;
mod review;
mod routes;
mod timeline;
mod wire;

pub use decide::{Decider, decide, join, part};
pub use judgement::judge;
pub use linkage::{Asked, Findings, Neighbourhood, gather, keep};
pub use merge::{MergeRow, list_merges, merge_customers, move_apart, undo_merge};
pub use review::{
    ReviewRow, ReviewState, close_within, find_review, list_reviews, open_reviews, reviews_of,
};
pub use routes::routes;

pub use crate::register::refold_after;
