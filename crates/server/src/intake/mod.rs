//! Intake (信息采集): uploads and their preview, saved mappings, batches, rows in quarantine.
//!
//! Nothing here writes a record: running a batch and resubmitting a row are the pipeline's.

mod batch;
mod batch_state;
mod blocking;
mod correction;
mod error;
mod held;
mod lease;
mod mapping;
mod preview;
mod quarantine;
mod routes;
mod show;
mod upload;
mod wire;
mod withdrawal;

pub use batch::{
    Batch, BatchCounts, BatchFilter, NOT_SURVEYED, NewBatch, Surveyed, find_batch,
    find_batch_of_file, finish_batch, list_batches, progress_batch, resume_batch, start_batch,
    survey_batch,
};
pub use batch_state::BatchState;
pub use blocking::blocking;
pub use correction::{discard_row, note_read, row_became_record};
pub use error::IntakeError;
pub use held::{SHEET_COLUMNS, SHEET_ROWS};
pub use lease::{
    HEARTBEAT, Heartbeat, abandoned_withdrawals, end_leases, hold_batch, keep_batches, let_go,
    mark_interrupted,
};
pub use mapping::{
    SavedMapping, check_mapping, delete_mapping, find_mapping, list_mappings, load_mapping,
    read as read_mapping, save_mapping, write as write_mapping_text, write_mapping,
};
pub use preview::{ColumnPreview, PreviewWish, UploadPreview, preview_upload};
pub use quarantine::{
    HeldRow, QuarantineFilter, QuarantineState, QuarantinedRow, find_row, list_rows,
    quarantine_rows, refuse_again,
};
pub use routes::routes;
pub use show::show_batch;
pub use upload::{
    UPLOADS_KEPT_FOR, Upload, find_upload, open_sealed, purge_uploads, receive_upload,
    upload_file_id, upload_key, upload_path,
};
pub use wire::{BatchRow, NewMapping, Reasoned};
pub use withdrawal::{Withdrawal, begin_withdrawal, mark_withdrawn, progress_withdrawal};
