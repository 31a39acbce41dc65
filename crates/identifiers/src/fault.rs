//! Why a text is no identifier of its kind: one list for all kinds that have no list of their own.

use std::fmt;

use crate::short_text::ShortText;
use crate::{IdentifierKind, InvalidCalendarDate};

/// Why a text is no identifier of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct InvalidIdentifier {
    /// The kind that was asked for.
    pub kind: IdentifierKind,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a text; positions count from one, blanks and hyphens left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is too short or too long.
    #[error("has {found} characters, {required} are required")]
    Length {
        /// How many there are.
        found: usize,
        /// How many there should be.
        required: Lengths,
    },
    /// A character is not among those that may stand at its place.
    #[error("character {position} is {found}, {} is required", required.en)]
    Character {
        /// Its place, from one.
        position: usize,
        /// The character as written.
        found: char,
        /// What may stand there.
        required: Wording,
    },
    /// The beginning is none of those that exist.
    #[error("begins with {found}, {} is required", required.en)]
    Beginning {
        /// The beginning as written.
        found: Beginning,
        /// What it may begin with.
        required: Wording,
    },
    /// The birth date inside does not exist.
    #[error("birth date does not exist: {0}")]
    BirthDate(InvalidCalendarDate),
    /// The country inside is none of ISO 3166.
    #[error("{0} is no country of ISO 3166")]
    Country(Beginning),
    /// The division inside has never been one.
    #[error("{0} has never been a division")]
    Division(Beginning),
    /// The check character does not belong to the others.
    #[error("check character is {found}, {expected} is required")]
    CheckCharacter {
        /// The check character given.
        found: char,
        /// The one that belongs to the other characters.
        expected: char,
    },
    /// The two check digits do not belong to the other characters.
    #[error("check digits are {found:02}, {expected:02} are required")]
    CheckDigits {
        /// The check digits given.
        found: u8,
        /// The ones that belong to the other characters.
        expected: u8,
    },
    /// It is written in none of the accepted forms.
    #[error("is not {}", .0.en)]
    Form(Wording),
}

/// A phrase in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// In English.
    pub en: &'static str,
    /// In Chinese.
    pub zh: &'static str,
}

impl Wording {
    pub(crate) const DIGIT: Self = Self::new("a digit", "数字");
    pub(crate) const LETTER: Self = Self::new("a letter", "字母");
    pub(crate) const LETTER_OR_DIGIT: Self = Self::new("a letter or a digit", "字母或数字");
    pub(crate) const DIGIT_OR_X: Self = Self::new("a digit or X", "数字或 X");

    pub(crate) const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }
}

/// The lengths that a form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lengths {
    /// Each of these, ascending.
    OneOf(&'static [u8]),
    /// From the first to the second.
    Between(u8, u8),
}

impl fmt::Display for Lengths {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.joined(formatter, " to ", " or ")
    }
}

impl Lengths {
    /// Whether a length is among them.
    pub(crate) fn allow(self, length: usize) -> bool {
        match self {
            Self::OneOf(lengths) => lengths.iter().any(|&one| usize::from(one) == length),
            Self::Between(least, most) => {
                (usize::from(least)..=usize::from(most)).contains(&length)
            }
        }
    }

    fn joined(self, out: &mut impl fmt::Write, to: &str, or: &str) -> fmt::Result {
        match self {
            Self::Between(least, most) => write!(out, "{least}{to}{most}"),
            Self::OneOf(lengths) => {
                for (place, length) in lengths.iter().enumerate() {
                    let between = match lengths.len() - place {
                        _ if place == 0 => "",
                        1 => or,
                        _ => ", ",
                    };
                    write!(out, "{between}{length}")?;
                }
                Ok(())
            }
        }
    }

    fn zh(self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.joined(&mut text, " 至 ", " 或 ");
        text.replace(", ", "、")
    }
}

/// The first characters of a text as written, at most six.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Beginning(ShortText<24>);

impl Beginning {
    /// The first six characters of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut short = ShortText::empty();
        for character in text.chars().take(6) {
            short.push(character);
        }
        Self(short)
    }

    /// Characters that are known to be ASCII.
    pub(crate) fn of_ascii(characters: &[u8]) -> Self {
        Self(ShortText::of_ascii(characters))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Beginning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl fmt::Debug for Beginning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl InvalidIdentifier {
    pub(crate) fn new(kind: IdentifierKind, fault: Fault) -> Self {
        Self { kind, fault }
    }

    /// A code that never changes, whatever the wording: what is wrong, without the kind.
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        self.fault.zh()
    }
}

impl Fault {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::Character { .. } => "character",
            Self::Beginning { .. } => "beginning",
            Self::BirthDate(_) => "birth_date",
            Self::Country(_) => "country",
            Self::Division(_) => "division",
            Self::CheckCharacter { .. } => "check_character",
            Self::CheckDigits { .. } => "check_digits",
            Self::Form(_) => "form",
        }
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Length { found, required } => {
                format!("共 {found} 位，应为 {} 位", required.zh())
            }
            Self::Character {
                position,
                found,
                required,
            } => format!("第 {position} 位是“{found}”，应为{}", required.zh),
            Self::Beginning { found, required } => {
                format!("开头是“{found}”，应为{}", required.zh)
            }
            Self::BirthDate(refusal) => format!("出生日期不存在：{}", refusal.zh()),
            Self::Country(found) => format!("“{found}”不是 ISO 3166 的国家或地区代码"),
            Self::Division(found) => format!("“{found}”从来不是行政区划代码"),
            Self::CheckCharacter { found, expected } => {
                format!("校验码是 {found}，应为 {expected}")
            }
            Self::CheckDigits { found, expected } => {
                format!("校验码是 {found:02}，应为 {expected:02}")
            }
            Self::Form(required) => format!("不是{}", required.zh),
        }
    }
}
