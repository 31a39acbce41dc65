//! What book to make.

use serde::{Deserialize, Serialize};

/// Everything a [`crate::Book`] follows from: equal options give equal bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Which of the many books; any number will do.
    pub seed: u64,
    /// How many records the book has, updates included.
    pub records: u64,
    /// Which parties are in it.
    pub parties: Parties,
    /// The language of the header and of coded values; names and addresses stay Chinese.
    pub language: Language,
}

/// Which parties a book has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parties {
    /// Persons, individual businesses and organisations; some records are updates of earlier ones.
    Mixed,
    /// Persons only, every record with its own number: for measuring resolution.
    PersonsOnly,
}

/// The language of header and coded values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Chinese.
    #[serde(rename = "zh")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Options {
    /// A mixed book in Chinese.
    pub fn new(seed: u64, records: u64) -> Self {
        Self {
            seed,
            records,
            parties: Parties::Mixed,
            language: Language::Chinese,
        }
    }
}

impl Language {
    /// The word of this language.
    pub(crate) fn choose<T>(self, chinese: T, english: T) -> T {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}
