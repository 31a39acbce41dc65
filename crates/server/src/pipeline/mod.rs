//! The pipeline: composes the stages of an import, of a single record and of a desk entry.
//!
//! read → map → gate → find the series → seal → resolve → write → fold → index → audit. Everything
//! up to the write is pure work on columns; the rest is one transaction for each chunk.

mod ahead;
mod arrivals;
mod chunk;
mod corrections;
mod desk;
mod file;
mod given;
mod golden;
mod import;
mod intake_routes;
mod jobs;
mod outcome;
mod prepare;
mod record;
mod report;
mod resolve;
mod resubmit;
mod sealing;
mod series;
mod single;
mod stream;
mod watch;
mod withdraw;
mod work;

pub use arrivals::Arrivals;
pub use chunk::{
    Arriving, Audited, ChunkContext, Incoming, IndexTarget, RowOutcome, Written, write_chunk,
};
pub use corrections::{Corrected, StillRefused, resubmit_sheet};
pub use desk::{NewCorrection, correct};
pub use file::{FileFacts, Origin};
pub use given::NewRecord;
pub use import::{ImportOptions, Pace, import_file};
pub use jobs::{BatchWish, Imports, begin_batch, resume, run_batch};
pub use outcome::{Outcome, OutcomeKind};
pub use prepare::{
    Prepared, Preparer, RefusedRow, gather_entries, kind_of, observed_of, series_digest,
};
pub use report::{ColumnReport, ImportReport, RowProblemReport};
pub use resubmit::{Resubmitted, resubmit_row};
pub use single::write_records;
pub use stream::StreamOutcome;
pub use watch::look_after_batches;

use utoipa_axum::router::OpenApiRouter;

use crate::store::Store;

/// The routes of this module.
pub fn routes() -> OpenApiRouter<Store> {
    intake_routes::routes().merge(desk::routes())
}
