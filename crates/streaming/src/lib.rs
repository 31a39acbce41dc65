//! Rows in, answers out: bounded memory, order kept, every core at work.
//!
//! An [`Input`] is a CSV, a plain list or another table, from a file or from a pipe as it comes.
//! One thread cuts its bytes into batches at row ends; workers decode, find the cells and let an
//! [`Answers`] write what it has to say about each row; one thread writes the outcomes in the
//! order of the input. No row ends a run: one that cannot be read is answered with a
//! [`RowProblem`], and the next row begins where a person would say it begins.
//!
//! What is *not* done here: guessing types, knowing columns by their meaning, opening files.
//!
//! ```
//! use streaming::{Answers, Input, Row, RowProblem, TextOptions, run};
//!
//! struct Lengths;
//!
//! impl Answers for Lengths {
//!     type Memory = ();
//!     fn answer(&self, (): &mut (), row: &Row<'_>, output: &mut Vec<u8>) {
//!         let length = row.cell(0).chars().count();
//!         output.extend_from_slice(format!("{length}\n").as_bytes());
//!     }
//!     fn refuse(&self, row: &Row<'_>, problem: &RowProblem, output: &mut Vec<u8>) {
//!         output.extend_from_slice(format!("{}: {problem}\n", row.cell(0)).as_bytes());
//!     }
//! }
//!
//! let input = Input::of_text("list".to_owned(), "张三\nann\n".as_bytes(), &TextOptions::default())?;
//! let mut output = Vec::new();
//! run(input, &Lengths, 2, &mut output)?;
//! assert_eq!(output, b"2\n3\n");
//! # Ok::<(), streaming::StreamError>(())
//! ```

mod batch;
mod cells;
mod cutting;
mod encoding;
mod error;
mod input;
mod row;
mod running;

pub use cells::LONGEST_ROW_BYTES;
pub use error::{RowProblem, StreamError};
pub use input::{Input, TextOptions};
pub use row::Row;
pub use running::{Answers, run};
