//! The organisation code that came before the unified social credit code and lives on inside it.

use std::str::FromStr;

use crate::check;
use crate::text_form::{ascii, text_form};
use crate::written::{Unread, exactly};

/// A well-formed organisation code (组织机构代码), GB 11714-1997: eight characters and a check.
///
/// The canonical form has no hyphen, as inside a credit code; [`Self::hyphenated`] shows it as
/// certificates do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "组织机构代码")]
pub struct OrganisationCode([u8; 9]);

/// Why a text is no [`OrganisationCode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidOrganisationCode {
    /// It is too short or too long.
    #[error("has {0} characters without the hyphen, 9 are required")]
    Length(usize),
    /// A character is neither a digit nor a capital letter.
    #[error("character {position} is {found}, a digit or a letter is required")]
    NotALetterOrDigit {
        /// Its place, from one.
        position: usize,
        /// The character as written.
        found: char,
    },
    /// The check character does not belong to the other eight.
    #[error("check character is {found}, {expected} is required")]
    CheckCharacter {
        /// The check character given.
        found: char,
        /// The check character of the other eight.
        expected: char,
    },
}

impl InvalidOrganisationCode {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length(_) => "organisation_code_length",
            Self::NotALetterOrDigit { .. } => "organisation_code_character",
            Self::CheckCharacter { .. } => "organisation_code_check",
        }
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Length(found) => format!("不计连字符共 {found} 位，应为 9 位"),
            Self::NotALetterOrDigit { position, found } => {
                format!("第 {position} 位是“{found}”，应为数字或大写字母")
            }
            Self::CheckCharacter { found, expected } => {
                format!("校验码是 {found}，应为 {expected}")
            }
        }
    }
}

impl OrganisationCode {
    /// The nine characters, upper case, without the hyphen.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }

    /// The form on certificates: a hyphen before the check character.
    pub fn hyphenated(&self) -> String {
        let (body, check) = self.as_str().split_at(8);
        format!("{body}-{check}")
    }

    /// Checks nine characters that are already upper case and half width.
    pub(crate) fn of_characters(characters: [u8; 9]) -> Result<Self, InvalidOrganisationCode> {
        let [body @ .., found] = characters;
        let expected = check::organisation_code(&body);
        let is_right =
            |character: &u8| character.is_ascii_digit() || character.is_ascii_uppercase();
        if expected.is_none() || !is_right(&found) {
            let place = characters.iter().position(|character| !is_right(character));
            let place = place.unwrap_or_default();
            return Err(InvalidOrganisationCode::NotALetterOrDigit {
                position: place + 1,
                found: characters[place].into(),
            });
        }
        match expected {
            Some(expected) if expected != found => Err(InvalidOrganisationCode::CheckCharacter {
                found: found.into(),
                expected: expected.into(),
            }),
            _ => Ok(Self(characters)),
        }
    }
}

impl FromStr for OrganisationCode {
    type Err = InvalidOrganisationCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let characters =
            exactly(text, |character| character == b'-').map_err(|unread| match unread {
                Unread::Length(found) => InvalidOrganisationCode::Length(found),
                Unread::Foreign { position, found } => {
                    InvalidOrganisationCode::NotALetterOrDigit { position, found }
                }
            })?;
        Self::of_characters(characters)
    }
}

text_form!(OrganisationCode, "an organisation code of nine characters");

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<OrganisationCode>() {
            Ok(code) => format!("{code} {}", code.hyphenated()),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn hyphen_width_and_case_do_not_matter() {
        for text in [
            "D2143569-X",
            "d2143569x",
            "Ｄ２１４３５６９－Ｘ",
            " D2143569 – X ",
        ] {
            assert_eq!(read(text), "D2143569X D2143569-X");
        }
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("D2143569-"), @"organisation_code_length: has 8 characters without the hyphen, 9 are required; 不计连字符共 8 位，应为 9 位");
        assert_snapshot!(read("D214356丁-X"), @"organisation_code_character: character 8 is 丁, a digit or a letter is required; 第 8 位是“丁”，应为数字或大写字母");
        assert_snapshot!(read("D214356/-X"), @"organisation_code_character: character 8 is /, a digit or a letter is required; 第 8 位是“/”，应为数字或大写字母");
        assert_snapshot!(read("D2143569-1"), @"organisation_code_check: check character is 1, X is required; 校验码是 1，应为 X");
    }

    proptest! {
        #[test]
        fn any_single_mistyped_digit_is_caught(body in "[0-9A-Z]{8}", position in 0_usize..8, shift in 1_u8..10) {
            let mut characters = body.into_bytes();
            characters.push(check::organisation_code(characters[..].try_into().unwrap()).unwrap());
            let code: OrganisationCode = ascii(&characters).parse().unwrap();
            prop_assert_eq!(code.hyphenated().parse(), Ok(code));
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            if characters[position].is_ascii_digit() {
                characters[position] = b'0' + (characters[position] - b'0' + shift) % 10;
                prop_assert!(ascii(&characters).parse::<OrganisationCode>().is_err());
            }
        }

        #[test]
        fn nothing_panics(text in any::<String>(), near in "[0-9A-Za-z０-９一-]{0,11}") {
            let _ = (text.parse::<OrganisationCode>(), near.parse::<OrganisationCode>());
        }
    }
}
