//! Why a text is no resident identity number, in either length.

use std::fmt;

use crate::InvalidCalendarDate;

/// Why a text is no resident identity number; one list for the 18 and the 15 digit form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidResidentIdNumber {
    /// It is too short or too long.
    #[error("has {found} characters, {accepted} are required")]
    Length {
        /// How many characters there are, blanks left out.
        found: usize,
        /// How many there should be.
        accepted: AcceptedLength,
    },
    /// A character other than the check character is not a digit.
    #[error("character {position} is {found}, a digit is required")]
    NotADigit {
        /// Its place, from one.
        position: usize,
        /// The character as written.
        found: char,
    },
    /// The last of 18 is neither a digit nor X.
    #[error("character 18 is {found}, a digit or X is required")]
    CheckCharacter {
        /// The character as written.
        found: char,
    },
    /// No province has these first two digits.
    #[error("begins with {found:02}, which is no province")]
    Province {
        /// The first two digits.
        found: u8,
    },
    /// The birth date does not exist.
    #[error("birth date does not exist: {0}")]
    BirthDate(InvalidCalendarDate),
    /// The birth date is before 1850.
    #[error("birth year is {found}, 1850 or later is required")]
    BirthYear {
        /// The year of birth that the number states.
        found: u16,
    },
    /// The check digit does not belong to the other digits: at least one character is wrong.
    #[error("check digit is {found}, {expected} is required")]
    CheckDigit {
        /// The check digit given.
        found: char,
        /// The check digit of the other 17.
        expected: char,
    },
}

/// How many digits a reader of resident identity numbers takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcceptedLength {
    /// The number in force.
    Eighteen,
    /// The number before 1999.
    Fifteen,
    /// Both.
    Either,
}

impl InvalidResidentIdNumber {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "resident_id_length",
            Self::NotADigit { .. } => "resident_id_not_a_digit",
            Self::CheckCharacter { .. } => "resident_id_check_character",
            Self::Province { .. } => "resident_id_province",
            Self::BirthDate(_) => "resident_id_birth_date",
            Self::BirthYear { .. } => "resident_id_birth_year",
            Self::CheckDigit { .. } => "resident_id_check_digit",
        }
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Length { found, accepted } => {
                let accepted = match accepted {
                    AcceptedLength::Eighteen => "18",
                    AcceptedLength::Fifteen => "15",
                    AcceptedLength::Either => "18 或 15",
                };
                format!("共 {found} 位，应为 {accepted} 位")
            }
            Self::NotADigit { position, found } => {
                format!("第 {position} 位是“{found}”，应为数字")
            }
            Self::CheckCharacter { found } => format!("第 18 位是“{found}”，应为数字或 X"),
            Self::Province { found } => format!("前两位 {found:02} 不是省级行政区划代码"),
            Self::BirthDate(refusal) => format!("出生日期不存在：{}", refusal.zh()),
            Self::BirthYear { found } => format!("出生年份为 {found}，不应早于 1850"),
            Self::CheckDigit { found, expected } => {
                format!("校验码是 {found}，应为 {expected}")
            }
        }
    }
}

impl fmt::Display for AcceptedLength {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Eighteen => "18",
            Self::Fifteen => "15",
            Self::Either => "18 or 15",
        })
    }
}
