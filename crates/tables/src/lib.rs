//! Readers and writers of CSV, XLSX, NDJSON and Parquet as chunks of text columns with row numbers.
//!
//! Everything a file says arrives as text, because what a value means is decided later, by the
//! attribute it is mapped to. A row that does not fit the table is a [`RejectedRow`] and reading
//! goes on, so no row is lost; a file that cannot be trusted any further is a [`TableError`] that
//! names the file and the place. Everything has a limit, see [`Limits`].
//!
//! The crate knows nothing of customers, and it deliberately guesses no types.

mod chunk;
mod csv;
mod detect;
mod error;
mod header;
mod limits;
mod lines;
mod ndjson;
mod parquet;
mod place;
mod reader;
mod source;
mod text;
mod writer;
mod xlsx;

pub use chunk::{Chunk, Column, RejectedRow, RowProblem};
pub use detect::{Encoding, Format, UnknownEncoding, UnknownFormat, delimiter_of};
pub use error::{TableError, TableProblem};
pub use limits::Limits;
pub use place::Place;
pub use reader::{
    Description, HeaderMode, ReadOptions, Reader, Survey, open, open_source, survey, survey_reader,
};
pub use writer::{WriteOptions, Writer};
