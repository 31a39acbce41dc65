//! Mobile numbers of mainland China.

use std::str::FromStr;

use crate::text_form::{ascii, redacted_debug, text_form};
use crate::written::{Written, is_mark};

/// How many characters a number may have with its country code: `0086` and 13 digits.
const LONGEST: usize = 17;

/// A well-formed mainland mobile number (手机号码): 11 digits that begin with 13 to 19, or 13 digits
/// that begin with 10 or 14, given to machines (物联网).
///
/// Ranges of operators are not judged: they change, and numbers move between operators.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "手机号")]
pub struct MobileNumber {
    /// The digits, zeros behind the eleventh for a number of eleven.
    digits: [u8; 13],
    machine: bool,
}

/// Why a text is no [`MobileNumber`]; positions count behind the country code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMobileNumber {
    /// It is too short or too long.
    #[error("has {0} characters without country code, 11 are required")]
    Length(usize),
    /// It begins with a plus sign and the code of another country.
    #[error("has the code of another country, +86 or none is required")]
    CountryCode,
    /// A character is not a digit.
    #[error("character {position} is {found}, a digit is required")]
    NotADigit {
        /// Its place, from one.
        position: usize,
        /// The character as written.
        found: char,
    },
    /// It does not begin with 13 to 19.
    #[error("begins with {found:02}, 13 to 19 are required")]
    Prefix {
        /// The first two digits.
        found: u8,
    },
}

impl InvalidMobileNumber {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length(_) => "mobile_length",
            Self::CountryCode => "mobile_country_code",
            Self::NotADigit { .. } => "mobile_not_a_digit",
            Self::Prefix { .. } => "mobile_prefix",
        }
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Length(found) => format!("不计国家码共 {found} 位，应为 11 位"),
            Self::CountryCode => "国家码应为 +86 或不填".to_owned(),
            Self::NotADigit { position, found } => {
                format!("第 {position} 位是“{found}”，应为数字")
            }
            Self::Prefix { found } => format!("前两位是 {found:02}，应为 13 至 19"),
        }
    }
}

impl MobileNumber {
    /// The 11 digits, or the 13 of a machine.
    pub fn as_str(&self) -> &str {
        ascii(if self.machine {
            &self.digits
        } else {
            &self.digits[..11]
        })
    }

    /// Whether it is a number of 13 digits for a machine.
    pub fn is_for_machines(&self) -> bool {
        self.machine
    }

    /// The last four digits, which people remember and read out.
    pub fn last_four(&self) -> &str {
        let start = self.as_str().len() - 4;
        &self.as_str()[start..]
    }

    /// The first seven digits, which tell where the number was first sold (号段).
    pub fn prefix_seven(&self) -> &str {
        ascii(&self.digits[..7])
    }

    fn of_digits(digits: [u8; 11]) -> Result<Self, InvalidMobileNumber> {
        if let Some(place) = digits.iter().position(|digit| !digit.is_ascii_digit()) {
            return Err(InvalidMobileNumber::NotADigit {
                position: place + 1,
                found: digits[place].into(),
            });
        }
        match digits {
            [b'1', b'3'..=b'9', ..] => {
                let mut padded = [0; 13];
                padded[..11].copy_from_slice(&digits);
                Ok(Self {
                    digits: padded,
                    machine: false,
                })
            }
            [a, b, ..] => Err(InvalidMobileNumber::Prefix {
                found: (a - b'0') * 10 + b - b'0',
            }),
        }
    }
}

impl FromStr for MobileNumber {
    type Err = InvalidMobileNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(digits) = <[u8; 11]>::try_from(text.as_bytes())
            && digits.iter().all(u8::is_ascii_digit)
        {
            return Self::of_digits(digits);
        }
        let written =
            Written::<LONGEST>::read(text, |found| is_mark(found) || matches!(found, b'(' | b')'));
        let national = without_country_code(written.characters());
        let skipped = written.characters().len() - national.len();
        let length = written.length() - skipped;
        if let Some(number) = of_machine(national, length) {
            return Ok(number);
        }
        if national.first() == Some(&b'+') {
            return Err(InvalidMobileNumber::CountryCode);
        }
        match (national.try_into(), written.foreign()) {
            (Ok(_), Some((position, found))) if length == 11 => {
                Err(InvalidMobileNumber::NotADigit {
                    position: position - skipped,
                    found,
                })
            }
            (Ok(digits), _) if length == 11 => Self::of_digits(digits),
            _ => Err(InvalidMobileNumber::Length(length)),
        }
    }
}

text_form!(MobileNumber, "a mobile number of 11 digits");
redacted_debug!(MobileNumber);

/// A number of 13 digits that begins as those for machines do.
fn of_machine(national: &[u8], length: usize) -> Option<MobileNumber> {
    let digits: [u8; 13] = national.try_into().ok()?;
    let is_machine = length == 13
        && digits.iter().all(u8::is_ascii_digit)
        && matches!(digits, [b'1', b'0' | b'4', ..]);
    is_machine.then_some(MobileNumber {
        digits,
        machine: true,
    })
}

fn without_country_code(characters: &[u8]) -> &[u8] {
    match characters {
        [b'+', b'8', b'6', national @ ..] | [b'0', b'0', b'8', b'6', national @ ..] => national,
        // A bare 86 is a country code only when a whole number follows.
        [b'8', b'6', national @ ..] if national.len() >= 11 => national,
        _ => characters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::{assert_debug_snapshot, assert_snapshot};
    use proptest::prelude::*;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<MobileNumber>() {
            Ok(number) => number.to_string(),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn country_code_blanks_hyphens_and_width_do_not_matter() {
        for text in [
            "13800138000",
            "+8613800138000",
            "008613800138000",
            "8613800138000",
            "+86 138-0013-8000",
            "１３８００１３８０００",
            "＋８６　138 0013 8000",
            " 86-13800138000 ",
        ] {
            assert_eq!(read(text), "13800138000", "{text}");
        }
    }

    #[test]
    fn a_number_tells_its_ends() {
        let number: MobileNumber = "13912345678".parse().unwrap();
        assert_eq!(
            (number.prefix_seven(), number.last_four()),
            ("1391234", "5678")
        );
        assert_debug_snapshot!(number, @"MobileNumber(*******5678)");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("1380013800"), @"mobile_length: has 10 characters without country code, 11 are required; 不计国家码共 10 位，应为 11 位");
        assert_snapshot!(read("+86 1380013800000000"), @"mobile_length: has 16 characters without country code, 11 are required; 不计国家码共 16 位，应为 11 位");
        assert_snapshot!(read("+85291234567"), @"mobile_country_code: has the code of another country, +86 or none is required; 国家码应为 +86 或不填");
        assert_snapshot!(read("+86 1380013八000"), @"mobile_not_a_digit: character 8 is 八, a digit is required; 第 8 位是“八”，应为数字");
        assert_snapshot!(read("1380013800O"), @"mobile_not_a_digit: character 11 is O, a digit is required; 第 11 位是“O”，应为数字");
        assert_snapshot!(read("02012345678"), @"mobile_prefix: begins with 02, 13 to 19 are required; 前两位是 02，应为 13 至 19");
    }

    proptest! {
        #[test]
        fn reading_what_was_shown_is_the_identity(text in "1[3-9][0-9]{9}") {
            let number: MobileNumber = text.parse().unwrap();
            prop_assert_eq!(number.to_string().parse(), Ok(number));
            prop_assert_eq!(format!("+86{number}").parse(), Ok(number));
        }

        #[test]
        fn nothing_panics(text in any::<String>(), near in "[+]?(00)?[0-9０-９一 -]{0,20}") {
            let _ = (text.parse::<MobileNumber>(), near.parse::<MobileNumber>());
        }
    }
}
