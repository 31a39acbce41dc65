//! Resolution (同一客户识别): who may be one customer and why, merges, splits, and what people decided.

mod claim;
mod decide;
mod evidence;
mod judgement;
mod linkage;
mod linkage_routes;
mod merge;
mod merges;
mod network;
mod network_drawing;
mod network_search;
mod queue;
mod rearrange;
mod review;
mod review_list;
mod review_routes;
mod routes;
mod second_opinion;
mod split;
mod split_preview;
mod timeline;
mod wire;
mod wire_evidence;
mod wire_linkage_model;
mod wire_linkage_run;
mod wire_network;
mod wire_review;
mod wire_split;

pub use claim::{claim_review, release_review};
pub use decide::{Decider, Joined, decide, join, part};
pub use judgement::judge;
pub use linkage::{
    Asked, Dividing, Findings, Neighbourhood, RunError, Said, apply_run, discard_run,
    end_left_runs, gather, keep, look_after_runs, make_ready, read as read_said, start_run,
};
pub use merge::{MergeRow, list_merges, merge_customers, move_apart, undo_merge};
pub use rearrange::{open_customers, rearrange};
pub use review::{
    NewReview, ReviewRow, ReviewState, find_review, insert_reviews, open_reviews, reviews_of,
};
pub use routes::routes;
pub use second_opinion::second;
pub use split::{SplitRow, split};
pub use wire_evidence::{Evidence, EvidenceField, EvidenceGuard};

pub use crate::register::refold_after;
