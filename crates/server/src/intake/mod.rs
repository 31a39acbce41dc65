//! Intake (信息采集): batches, rows in quarantine, saved mappings and uploads.

mod batch;
mod error;
mod quarantine;

pub use batch::{
    Batch, BatchCounts, BatchState, NewBatch, find_batch, find_batch_of_file, finish_batch,
    list_batches, mark_interrupted, progress_batch, start_batch,
};
pub use error::IntakeError;
pub use quarantine::{HeldRow, quarantine_rows};
