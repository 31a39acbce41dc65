//! The systems that feed the book, each with its own habits.

/// A source and what its forms ask for.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: &'static str,
    /// Writes sex as M and F instead of words, as older systems do.
    pub(crate) sex_as_letter: bool,
    /// Keeps the day of registration without the time.
    pub(crate) date_only: bool,
    asks: &'static [Asked],
}

/// What not every form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A landline number.
    Phone,
    /// Occupation and employer.
    Work,
    /// Until when the document is valid.
    Expiry,
}

use Asked::{Expiry, Phone, Work};

pub(crate) const SOURCES: [Source; 6] = [
    source("core_bank", false, false, &[Phone, Work, Expiry]),
    source("card", true, true, &[Phone, Work, Expiry]),
    source("ebank", false, false, &[Expiry]),
    source("insurance", false, true, &[Work]),
    source("counter", false, false, &[Phone, Expiry]),
    source("mobile_app", true, false, &[]),
];

const fn source(
    name: &'static str,
    sex_as_letter: bool,
    date_only: bool,
    asks: &'static [Asked],
) -> Source {
    Source {
        name,
        sex_as_letter,
        date_only,
        asks,
    }
}

impl Source {
    pub(crate) fn asks(&self, asked: Asked) -> bool {
        self.asks.contains(&asked)
    }
}
