//! The registration number that a business had before the unified social credit code.

use std::str::FromStr;

use crate::fault::{Fault, InvalidIdentifier, Lengths, Wording};
use crate::form::Form;
use crate::text_form::{ascii, text_form};
use crate::{IdentifierKind, check};

/// A well-formed business registration number (工商注册号) of 15 digits, GS 15-2006.
///
/// Six digits of the authority that registered it, eight of sequence and a check digit by
/// ISO 7064 MOD 11,10. Numbers given before 2007 have 13 digits and no check digit: they are
/// refused, and the refusal says so.
///
/// ```
/// use identifiers::{RegisteredBusiness, RegistrationNumber};
///
/// let number: RegistrationNumber = "110108000000016".parse()?;
/// assert_eq!(number.authority(), "110108");
/// assert_eq!(number.business(), RegisteredBusiness::Domestic);
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "工商注册号")]
pub struct RegistrationNumber([u8; 15]);

/// What kind of business a registration number was given to; the first digit of its sequence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisteredBusiness {
    /// 0 to 3: an enterprise of the mainland (内资企业).
    Domestic,
    /// 4 and 5: an enterprise with foreign capital (外资企业).
    ForeignInvested,
    /// 6 to 9: an individual business (个体工商户).
    IndividualBusiness,
}

const KIND: IdentifierKind = IdentifierKind::RegistrationNumber;

impl RegistrationNumber {
    /// The 15 digits.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }

    /// The six digits of the division whose authority registered the business.
    pub fn authority(&self) -> &str {
        ascii(&self.0[..6])
    }

    /// The eight digits of the sequence.
    pub fn sequence(&self) -> &str {
        ascii(&self.0[6..14])
    }

    /// What kind of business it is.
    pub fn business(&self) -> RegisteredBusiness {
        match self.0[6] {
            b'0'..=b'3' => RegisteredBusiness::Domestic,
            b'4' | b'5' => RegisteredBusiness::ForeignInvested,
            _ => RegisteredBusiness::IndividualBusiness,
        }
    }
}

impl FromStr for RegistrationNumber {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = Form::<15>::read(KIND, text, Lengths::OneOf(&[13, 15]))?;
        form.digits(0..15)?;
        if form.characters().len() == 13 {
            return form.refuse(Fault::Form(Wording::new(
                "of 15 digits: numbers of 13 were given before 2007 and have no check digit",
                " 15 位：13 位注册号编于 2007 年以前，没有校验码",
            )));
        }
        let digits = form.first::<15>();
        match check::mod_11_10(&digits[..14]) {
            Some(expected) if expected != digits[14] => form.refuse(Fault::CheckCharacter {
                found: digits[14].into(),
                expected: expected.into(),
            }),
            _ => Ok(Self(digits)),
        }
    }
}

text_form!(RegistrationNumber, "a registration number of 15 digits");

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<RegistrationNumber>() {
            Ok(number) => format!("{number} {} {:?}", number.authority(), number.business()),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn a_number_tells_its_authority_and_what_was_registered() {
        assert_snapshot!(read("110108000000016"), @"110108000000016 110108 Domestic");
        assert_snapshot!(read("110108 4000000 1 5"), @"110108400000015 110108 ForeignInvested");
        assert_snapshot!(read("１１０１０８６００００００１９"), @"check_character: check character is 9, 0 is required; 校验码是 9，应为 0");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("110108000000017"), @"check_character: check character is 7, 6 is required; 校验码是 7，应为 6");
        assert_snapshot!(read("1101081000001"), @"form: is not of 15 digits: numbers of 13 were given before 2007 and have no check digit; 不是 15 位：13 位注册号编于 2007 年以前，没有校验码");
        assert_snapshot!(read("11010800000001"), @"length: has 14 characters, 13 or 15 are required; 共 14 位，应为 13 或 15 位");
        assert_snapshot!(read("11010800000O016"), @"character: character 12 is O, a digit is required; 第 12 位是“O”，应为数字");
    }
}
