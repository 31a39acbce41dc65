//! Commands that answer a file row by row and ask no store: identifiers, names, addresses.
//!
//! They stream: memory does not grow with the input, the order is kept, every core works, and a row
//! that cannot be read is answered with the reason.

mod addresses;
mod columns;
mod identifiers;
mod line;
mod name_keys;
mod name_pairs;
mod source;

use anyhow::Result;
use clap::Subcommand;
use streaming::{Answers, Input, RowProblem};

use crate::commands::Session;
use crate::language::Language;

/// What to answer.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check identity numbers, credit codes, phones, cards and other identifiers
    #[command(subcommand)]
    Identifiers(IdentifiersCommand),
    /// Compare names, and make keys to find them by
    #[command(subcommand)]
    Names(NamesCommand),
    /// Tell the parts of addresses apart
    #[command(subcommand)]
    Addresses(AddressesCommand),
}

#[derive(Debug, Subcommand)]
pub enum AddressesCommand {
    /// Say of each row the parts of its address as written, and the code of the division
    Parse(addresses::Arguments),
}

#[derive(Debug, Subcommand)]
pub enum IdentifiersCommand {
    /// Say of each row whether it is well-formed, what it says, and what to correct
    Check(identifiers::Arguments),
}

#[derive(Debug, Subcommand)]
pub enum NamesCommand {
    /// Say of each row how far two names agree, and why
    Compare(name_pairs::Arguments),
    /// Say of each row by which keys the name is found
    Keys(name_keys::Arguments),
}

impl Command {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<()> {
        match self {
            Self::Identifiers(IdentifiersCommand::Check(arguments)) => {
                identifiers::run(session, &arguments)
            }
            Self::Names(NamesCommand::Compare(arguments)) => name_pairs::run(session, &arguments),
            Self::Names(NamesCommand::Keys(arguments)) => name_keys::run(session, &arguments),
            Self::Addresses(AddressesCommand::Parse(arguments)) => {
                addresses::run(session, &arguments)
            }
        }
    }
}

/// Answers every row on standard output.
fn answer<A: Answers>(input: Input, answers: &A) -> Result<()> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut output = std::io::stdout().lock();
    Ok(streaming::run(input, answers, workers, &mut output)?)
}

/// A reason as every column of reasons says it: the code that never changes, then the words.
fn reason(code: &str, words: &str) -> String {
    format!("{code}: {words}")
}

fn reason_of_row(problem: &RowProblem, language: Language) -> String {
    let words = language.choose(problem.zh(), problem.to_string());
    reason(problem.code(), &words)
}
