//! The legal entity identifier.

use std::str::FromStr;

use crate::fault::{Fault, InvalidIdentifier, Lengths, Wording};
use crate::form::Form;
use crate::text_form::{ascii, text_form};
use crate::{IdentifierKind, check};

/// A well-formed legal entity identifier (全球法人识别编码), ISO 17442: 18 letters and digits and two
/// check digits by ISO 7064 MOD 97-10.
///
/// The first four characters name who issues it; it has no country in it.
///
/// ```
/// use identifiers::Lei;
///
/// let lei: Lei = "5493 00GF102RMNYVKB19".parse()?;
/// assert_eq!(lei.issuer(), "5493");
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "LEI")]
pub struct Lei([u8; 20]);

impl Lei {
    /// The 20 characters, upper case.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }

    /// The four characters of the issuing organisation.
    pub fn issuer(&self) -> &str {
        ascii(&self.0[..4])
    }
}

impl FromStr for Lei {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = Form::<20>::read(IdentifierKind::Lei, text, Lengths::OneOf(&[20]))?;
        form.require(
            18..20,
            |character| character.is_ascii_digit(),
            Wording::DIGIT,
        )?;
        let characters = form.first::<20>();
        let found = (characters[18] - b'0') * 10 + (characters[19] - b'0');
        match check::mod_97_10(&characters[..18]) {
            Some(expected) if expected != found => {
                form.refuse(Fault::CheckDigits { found, expected })
            }
            _ => Ok(Self(characters)),
        }
    }
}

text_form!(Lei, "a legal entity identifier of 20 characters");

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<Lei>() {
            Ok(lei) => format!("{lei} {}", lei.issuer()),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn an_identifier_names_who_issued_it() {
        assert_snapshot!(read("213800kud8lajwsq9d15"), @"213800KUD8LAJWSQ9D15 2138");
        assert_snapshot!(read("GU00WJXK6DH4VHHFXQ16"), @"GU00WJXK6DH4VHHFXQ16 GU00");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("213800KUD8LXJWSQ9D15"), @"check_digits: check digits are 15, 58 are required; 校验码是 15，应为 58");
        assert_snapshot!(read("213800KUD8LAJWSQ9DI5"), @"character: character 19 is I, a digit is required; 第 19 位是“I”，应为数字");
        assert_snapshot!(read("213800KUD8LAJWSQ9D1"), @"length: has 19 characters, 20 are required; 共 19 位，应为 20 位");
    }
}
