//! Opens an SQLite file or a PostgreSQL database and gives transactions, migrations, bulk writes and
//! test databases over both with the same SQL text.
//!
//! The drivers meet in [`Cell`], [`Row`] and [`Transaction`], and nowhere else: sqlx speaks with PostgreSQL and
//! brings schemas up to date; SQLite is used by its own library, without a thread between. This crate knows
//! no table: statements come from the modules of `server` that own them.

mod cell;
mod database;
mod embedded;
mod error;
mod log;
mod migrate;
mod question;
mod row;
mod test_database;
mod transaction;

pub use cell::Cell;
pub use database::{Database, Durability, Kind, Location, OpenOptions};
pub use error::StorageError;
pub use migrate::Migration;
pub use question::Question;
pub use row::Row;
pub use test_database::{TestDatabase, each_database};
pub use transaction::{Rows, Transaction};
