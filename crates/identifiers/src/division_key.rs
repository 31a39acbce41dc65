//! The six digits of an administrative division.

use std::fmt;
use std::str::FromStr;

/// A code of six digits as GB/T 2260 gives to administrative divisions (行政区划代码): two for the province, two for the
/// prefecture, two for the county.
///
/// That it was ever given to anything is not known here; [`division`](crate::division) knows.
///
/// ```
/// use identifiers::{DivisionKey, DivisionLevel};
///
/// let code: DivisionKey = "440305".parse()?;
/// assert_eq!(code.prefecture().to_string(), "440300");
/// assert_eq!(code.prefecture().level(), DivisionLevel::Prefecture);
/// # Ok::<(), identifiers::InvalidDivisionKey>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "行政区划代码")]
pub struct DivisionKey(u32);

/// How large a division is by the form of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DivisionLevel {
    /// Provinces, autonomous regions, municipalities, special administrative regions (省级).
    Province,
    /// Prefectures, cities with districts, leagues, autonomous prefectures (地级).
    Prefecture,
    /// Counties, districts, banners, cities without districts (县级).
    County,
}

/// Why a text is no [`DivisionKey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDivisionKey {
    /// It is too short or too long.
    #[error("has {0} characters, 6 are required")]
    Length(usize),
    /// A character is not a digit.
    #[error("character {position} is {found}, a digit is required")]
    NotADigit {
        /// Its place, from one.
        position: usize,
        /// The character as written.
        found: char,
    },
    /// No province begins with 0.
    #[error("begins with 0, 1 to 9 are required")]
    Province,
}

impl InvalidDivisionKey {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length(_) => "division_length",
            Self::NotADigit { .. } => "division_not_a_digit",
            Self::Province => "division_province",
        }
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Length(found) => format!("共 {found} 位，应为 6 位"),
            Self::NotADigit { position, found } => {
                format!("第 {position} 位是“{found}”，应为数字")
            }
            Self::Province => "首位是 0，应为 1 至 9".to_owned(),
        }
    }
}

impl DivisionKey {
    /// The first province of the standard, 北京市.
    pub(crate) const FIRST: Self = Self(110_000);

    /// The code of six ASCII digits, the first of them not 0.
    pub fn of_digits(digits: [u8; 6]) -> Option<Self> {
        let is_code = digits[0] != b'0' && digits.iter().all(u8::is_ascii_digit);
        let number = |sum: u32, digit: &u8| sum * 10 + u32::from(digit.wrapping_sub(b'0'));
        is_code.then(|| Self(digits.iter().fold(0, number)))
    }

    /// The code of a number, 100000 to 999999.
    pub fn of_number(number: u32) -> Option<Self> {
        (100_000..1_000_000)
            .contains(&number)
            .then_some(Self(number))
    }

    /// As a number, 100000 to 999999.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The code of its province: four zeros at the end.
    #[must_use]
    pub fn province(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }

    /// The code of its prefecture: two zeros at the end.
    #[must_use]
    pub fn prefecture(self) -> Self {
        Self(self.0 / 100 * 100)
    }

    /// The level by the zeros at the end.
    pub fn level(self) -> DivisionLevel {
        if self == self.province() {
            DivisionLevel::Province
        } else if self == self.prefecture() {
            DivisionLevel::Prefecture
        } else {
            DivisionLevel::County
        }
    }
}

impl FromStr for DivisionKey {
    type Err = InvalidDivisionKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(code) = <[u8; 6]>::try_from(text.as_bytes())
            .ok()
            .and_then(Self::of_digits)
        {
            return Ok(code);
        }
        let length = text.chars().take(64).count();
        if length != 6 {
            return Err(InvalidDivisionKey::Length(length));
        }
        let foreign = text
            .chars()
            .enumerate()
            .find(|(_, character)| !character.is_ascii_digit());
        Err(
            foreign.map_or(InvalidDivisionKey::Province, |(place, found)| {
                InvalidDivisionKey::NotADigit {
                    position: place + 1,
                    found,
                }
            }),
        )
    }
}

impl fmt::Display for DivisionKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:06}", self.0)
    }
}

impl fmt::Debug for DivisionKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DivisionKey({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<DivisionKey>() {
            Ok(code) => code.to_string(),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("11010"), @"division_length: has 5 characters, 6 are required; 共 5 位，应为 6 位");
        assert_snapshot!(read("1101O1"), @"division_not_a_digit: character 5 is O, a digit is required; 第 5 位是“O”，应为数字");
        assert_snapshot!(read("011010"), @"division_province: begins with 0, 1 to 9 are required; 首位是 0，应为 1 至 9");
    }

    proptest! {
        #[test]
        fn reading_what_was_shown_is_the_identity(number in 100_000_u32..1_000_000) {
            let code = DivisionKey::of_number(number).unwrap();
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            prop_assert!(code.province() <= code.prefecture() && code.prefecture() <= code);
        }

        #[test]
        fn nothing_panics(text in any::<String>(), near in "[0-9０-９]{0,8}") {
            let _ = (text.parse::<DivisionKey>(), near.parse::<DivisionKey>());
        }
    }
}
