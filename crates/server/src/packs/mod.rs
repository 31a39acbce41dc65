//! Rule packs (规则包): their editions from draft to in force, back-tests on the book, and decisions that can be replayed.
//!
//! An edition that was switched on never changes. Which are in force is a function of the day.

mod adopt;
mod backtest;
mod backtest_row;
mod decision;
mod decision_row;
mod document;
mod draft;
mod edition;
mod following;
mod form;
mod judging;
mod library;
mod listing;
mod movement;
mod refusal;
mod routes;
mod sample;
mod showing;
mod switching;
mod text;
mod value_movement;
mod wire;
mod wire_backtest;
mod wire_decision;

pub use backtest::{look_after_backtests, run_backtest, unit_of};
pub use edition::{EditionRow, State, find_edition};
pub use following::{look_after_views, mask_by_packs};
pub use library::{Library, library, today};
pub use refusal::PackError;
pub use routes::routes;
pub use text::write_files;
pub use wire::{RuleVerdict, text_of};
pub use wire_backtest::{BacktestResult, Moved};
