//! The tables everything is drawn from, read once from the text files beside this crate.

mod divisions;
mod names;
mod words;

pub(crate) use divisions::{District, Divisions};
pub(crate) use names::{GivenCharacter, Names};
pub(crate) use words::{Trade, Words};

/// All reference tables.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) divisions: Divisions,
    pub(crate) names: Names,
    pub(crate) words: Words,
}

impl Reference {
    pub(crate) fn new() -> Self {
        Self {
            divisions: Divisions::new(),
            names: Names::new(),
            words: Words::new(),
        }
    }
}

/// The lines of a table, each as exactly `N` tab-separated cells; short lines end in empty cells.
fn lines<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}
