//! The book as the operator of the machine reads it: records, who they were found to speak of, and
//! the accounts that may sign in.
//!
//! Masked as everywhere; what is shown in full is written down first.

mod accounts;
mod clusters;
mod records;

pub use accounts::{AccountRow, list_accounts};
pub use clusters::list_clusters;
pub use records::{RecordFilter, RecordRow, RecordValue, list_records};
