//! The pipeline: composes the stages of an import, of a single record and of a desk entry.
//!
//! read → map → gate → find the series → seal → resolve → write → fold → index → audit. Everything
//! up to the write is pure work on columns; the rest is one transaction for each chunk.

mod chunk;
mod file;
mod golden;
mod import;
mod prepare;
mod report;
mod resolve;
mod series;

pub use chunk::{ChunkContext, Incoming, IndexTarget, RowOutcome, Written, write_chunk};
pub use file::{FileFacts, Origin};
pub use import::{ImportOptions, Pace, import_file};
pub use prepare::{
    Prepared, Preparer, RefusedRow, gather_entries, kind_of, observed_of, series_digest,
};
pub use report::{ColumnReport, ImportReport, RowProblemReport};
