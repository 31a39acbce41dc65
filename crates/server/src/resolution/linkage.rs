//! Who may be one customer (同一客户识别): records that share keys, and what linkage makes of them.
//!
//! The authority is the store: keys in the index, cells in `linkage_feature`. Memory holds only the
//! models and the keys that too many records share. A record that arrives is divided together with
//! everything that what it says may matter to, by the function that divides a whole book; so the
//! customers are the same in whatever order records come.

mod apply;
mod book;
mod card;
mod cells;
mod closed;
mod compared;
mod decisions;
mod division;
mod findings;
mod gather;
mod keep;
mod models;
mod overlaid;
mod postings;
mod progress;
mod refusal;
mod relearn;
mod rerun;
mod runs;
mod said;
mod sharing;
mod show;
mod since;
mod summary;
mod whole;
mod words;

pub(super) use card::{model_card, model_file};
pub use compared::{Compared, compared};
pub use findings::Findings;
pub use gather::{Asked, Dividing, Neighbourhood, gather};
pub use keep::{keep, unite};
pub use models::make_ready;
pub use refusal::RunError;
pub use rerun::{apply_run, discard_run, end_left_runs, look_after_runs, start_run};
pub use said::{Said, read};
pub use sharing::sharing_keys;
pub(super) use show::{run_detail, run_page};
