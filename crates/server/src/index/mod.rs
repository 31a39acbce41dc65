//! The index: sorted runs of look-up keys, appended by chunk and merged by level.
//!
//! A row per key would be written in random order, and at millions of records that is what kills.
//! So the keys of a chunk are sorted once and written as a *run* of blocks; a few runs of one level
//! are merged into a run of the next, in order. Blocks never change, so they are cached without
//! being invalidated, and a merge becomes visible in one small transaction. Single writes go to a
//! table of recent keys, which is written as a run when it has grown.
//!
//! An entry says: under this key, that series (or customer) can be found. It is never wrong for
//! long, but it may be late: whoever finds something looks at the thing itself.

mod block;
mod cache;
mod cursor;
mod entries;
mod filter;
mod find;
mod find_many;
mod garbage;
mod merge;
mod run;
mod settle;
mod steps;
mod unread;
mod walk;
mod warm;

pub use cache::IndexCache;
pub use entries::{Entries, Entry, stored};
pub use find::{Found, Range, Sight, look, scan};
pub use find_many::find_many;
pub use garbage::collect_garbage;
pub use merge::merge_runs;
pub use run::{NewRun, write_recent, write_run};
pub use settle::settle_recent;
pub use steps::Steps;
pub use walk::walk;
pub use warm::warm;
