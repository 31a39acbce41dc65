//! Reasons as a set that is one word of memory.

use std::fmt;

use crate::Reason;
use crate::reason::ALL;

/// A set of reasons, in the order of [`Reason`]; it is one word of memory.
///
/// ```
/// use names::{Reason, Reasons};
///
/// let reasons = Reasons::of(Reason::Pinyin).with(Reason::Title);
/// assert_eq!(reasons.codes(), "pinyin;title");
/// assert_eq!(reasons.to_string(), "one is the pinyin of the other; one has a title");
/// assert_eq!(reasons.zh(), "一方为另一方的拼音；一方带称谓");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Reasons(u64);

impl Reasons {
    /// No reason.
    pub const NONE: Self = Self(0);

    /// One reason.
    pub fn of(reason: Reason) -> Self {
        Self(reason.bit())
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, reason: Reason) -> Self {
        Self(self.0 | reason.bit())
    }

    /// These without one.
    #[must_use]
    pub fn without(self, reason: Reason) -> Self {
        Self(self.0 & !reason.bit())
    }

    /// These and those.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// What is in one of two sets and not in both.
    #[must_use]
    pub(crate) fn either(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    /// Whether a reason is among them.
    pub fn contains(self, reason: Reason) -> bool {
        self.0 & reason.bit() != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reasons in their order.
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        ALL.iter()
            .map(|(reason, ..)| *reason)
            .filter(move |reason| self.contains(*reason))
    }

    /// The codes, joined by `;`.
    pub fn codes(self) -> String {
        self.joined(";", Reason::code)
    }

    /// The reasons in Chinese, joined by `；`.
    pub fn zh(self) -> String {
        self.joined("；", Reason::zh)
    }

    fn joined(self, separator: &str, word: impl Fn(Reason) -> &'static str) -> String {
        let mut joined = String::new();
        for reason in self.iter() {
            if !joined.is_empty() {
                joined.push_str(separator);
            }
            joined.push_str(word(reason));
        }
        joined
    }
}

impl FromIterator<Reason> for Reasons {
    fn from_iter<T: IntoIterator<Item = Reason>>(reasons: T) -> Self {
        reasons.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Display for Reasons {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.joined("; ", |reason| ALL[reason as usize].2))
    }
}

impl fmt::Debug for Reasons {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let reasons: Reasons = [Reason::Title, Reason::Pinyin].into_iter().collect();
        assert!(reasons.contains(Reason::Title) && !reasons.contains(Reason::Alias));
        assert_eq!(reasons.without(Reason::Title), Reasons::of(Reason::Pinyin));
        assert!(Reasons::NONE.is_empty() && !reasons.is_empty());
        assert_eq!(format!("{reasons:?}"), "{Pinyin, Title}");
    }
}
