//! A seeded generator of a realistic Chinese customer book (样本数据) with ground truth.
//!
//! A [`Book`] follows from its [`Options`] alone: no clock, no randomness of the machine, and any
//! stretch of it can be made without the rest, so a book of ten million records needs no more
//! memory than one of ten. Each record comes with the party it truly belongs to and the
//! [`Slip`]s that were made in writing it down, which tells a matcher not only that it missed
//! something but what it stumbled over.
//!
//! Everybody in it is invented. It does not try to be a census: shares and rates are round numbers
//! that make an ordinary, somewhat neglected customer book.

mod options;
mod random;

mod address;
mod day;
mod layout;
mod number;
mod organisation;
mod permutation;
mod person;
mod population;
mod reference;

mod column;
mod damage;
mod record;
mod slips;

mod book;
mod write;

pub use book::{Book, Truth};
pub use options::{Language, Options, Parties};
pub use slips::{Slip, Slips};
pub use write::{truth_path, write_book};
