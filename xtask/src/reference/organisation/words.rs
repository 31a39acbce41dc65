//! The words that are gathered, each with its first meaning.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::folding::{folded, is_chinese};
use super::trie::Entry;

/// Classes of words; the numbers are what the engine reads.
#[derive(Clone, Copy)]
#[repr(u8)]
pub enum Class {
    Place = 1,
    Form = 2,
    Trade = 3,
    Generic = 4,
    Kind = 5,
    Branch = 6,
    Known = 7,
    Number = 8,
    Small = 9,
}

/// How large a place is; eight more says that the name is short (沙坪坝, not 沙坪坝区).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Country,
    Province,
    City,
    County,
    ShortCounty,
}

impl Level {
    /// The level of the name without its suffix, which only a county must be told by.
    pub fn without_suffix(self) -> Self {
        if self == Self::County {
            Self::ShortCounty
        } else {
            self
        }
    }

    fn number(self) -> u8 {
        match self {
            Self::Country => 1,
            Self::Province => 2,
            Self::City => 3,
            Self::County => 4,
            Self::ShortCounty => 12,
        }
    }
}

/// Words by their folded form. Who comes first stays.
#[derive(Default)]
pub struct Words {
    words: BTreeMap<String, Entry>,
    places: BTreeMap<String, u16>,
}

impl Words {
    pub fn add(&mut self, word: &str, entry: Entry) {
        let word = folded(word);
        if !word.is_empty() {
            self.words.entry(word).or_insert(entry);
        }
    }

    /// Adds a word that is left out where it is a single Chinese character.
    pub fn add_longer(&mut self, word: &str, entry: Entry) {
        if !is_chinese(word) || word.chars().count() > 1 {
            self.add(word, entry);
        }
    }

    /// Adds one spelling of a place; places of one name are one.
    pub fn add_place(
        &mut self,
        word: &str,
        name: &str,
        level: Level,
        above: Option<&str>,
    ) -> Result<()> {
        let concept = self.place(name)?;
        let other = above.map_or(Ok(0), |above| self.place(above))?;
        self.add_longer(
            word,
            Entry {
                class: Class::Place as u8,
                weight: level.number(),
                concept,
                other,
            },
        );
        Ok(())
    }

    fn place(&mut self, name: &str) -> Result<u16> {
        let next = u16::try_from(self.places.len() + 1).context("too many places")?;
        Ok(*self.places.entry(name.to_owned()).or_insert(next))
    }

    pub fn into_words(self) -> BTreeMap<String, Entry> {
        self.words
    }
}

/// The rows of a table of this folder: columns behind tabs, lines that begin with `#` are notes.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

/// The words of a column.
pub fn listed<'row>(row: &[&'row str], column: usize) -> impl Iterator<Item = &'row str> {
    row.get(column)
        .copied()
        .unwrap_or_default()
        .split('|')
        .filter(|word| !word.is_empty() && *word != "-")
}
