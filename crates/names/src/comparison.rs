//! Comparison of two names: a score between 0 and 1, and what it rests on.

use crate::{Reasons, organisation, person};

/// What kind of party a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A natural person (自然人).
    Person,
    /// An organisation (法人、非法人组织).
    Organisation,
}

/// How far two names agree, and why.
///
/// The score is a scale of its own and not a probability; equal scores mean equally good evidence
/// whatever the script and the length of the names. What stands where, for persons:
///
/// | score | what it takes | as |
/// | --- | --- | --- |
/// | 1 | the same name: script, width, case, order of words, variants, titles aside | 張偉 / 张伟; John Smith / SMITH, John |
/// | 0.9 to 0.99 | the same by a usual romanisation or script | 毛泽东 / MAO Zedong / Mao Tse-tung; Чайковский / Tchaikovsky |
/// | 0.8 to 0.9 | a character of the same sound; an unusual reading; a middle name or foreign name more | 李晓明 / 李小明; 马云 / Jack MA Yun |
/// | 0.7 to 0.8 | a sign or initials for a part; a near sound; a slip in a short name | 张?丰 / 张三丰; 张三丰 / Zhang S.F. |
/// | 0.5 to 0.7 | one is a part of the other; several slips | 张三丰 / 张三; Makhluf / Rami Makhluf |
/// | 0.3 to 0.5 | one of three characters is another; half of the words | 李晓明 / 李晓芳 |
/// | below 0.3 | one of two characters, or a surname in common | 王芳 / 王丽; Rami / Ihab Makhluf |
///
/// From 0.7 on a person should look; from 0.9 on the names are one for most purposes, which does not make the persons one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// From 0 (nothing in common) to 1 (the same name).
    pub score: f64,
    /// What the names share, and wherein they differ.
    pub reasons: Reasons,
}

impl Comparison {
    pub(crate) fn new(score: f64, reasons: Reasons) -> Self {
        Self {
            score: score.clamp(0.0, 1.0),
            reasons,
        }
    }
}

impl NameKind {
    /// A code that never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }

    /// The kind in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Person => "自然人",
            Self::Organisation => "机构",
        }
    }

    /// A guess from the name alone: a word that only organisations have makes it one.
    ///
    /// ```
    /// use names::NameKind;
    ///
    /// assert_eq!(NameKind::guess("张三"), NameKind::Person);
    /// assert_eq!(NameKind::guess("北京字节跳动科技有限公司"), NameKind::Organisation);
    /// assert_eq!(NameKind::guess("ABC Trading Co., Ltd."), NameKind::Organisation);
    /// ```
    pub fn guess(name: &str) -> Self {
        if organisation::is_likely(name) {
            Self::Organisation
        } else {
            Self::Person
        }
    }

    /// A guess from two names that are to be compared: one that is surely an organisation decides.
    pub fn guess_pair(left: &str, right: &str) -> Self {
        match (Self::guess(left), Self::guess(right)) {
            (Self::Person, Self::Person) => Self::Person,
            _ => Self::Organisation,
        }
    }
}

impl std::fmt::Display for NameKind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.code())
    }
}

/// Compares two names of one kind; the order of the two does not matter.
///
/// ```
/// use names::{NameKind, Reason, compare};
///
/// let comparison = compare(NameKind::Person, "张三", "ZHANG, San");
/// assert!(comparison.score > 0.85);
/// assert!(comparison.reasons.contains(Reason::Pinyin));
/// assert!(compare(NameKind::Person, "王芳", "王丽").score < 0.5);
/// ```
pub fn compare(kind: NameKind, left: &str, right: &str) -> Comparison {
    match kind {
        NameKind::Person => person::compare(left, right),
        NameKind::Organisation => organisation::compare(left, right),
    }
}

/// Keys for an index: names that may agree have a key in common, few others have.
///
/// Sorted, without repetition; empty for a name without letters.
pub fn keys(kind: NameKind, name: &str) -> Vec<String> {
    match kind {
        NameKind::Person => person::keys(name),
        NameKind::Organisation => organisation::keys(name),
    }
}
