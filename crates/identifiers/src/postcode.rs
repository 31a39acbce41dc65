//! Postcodes, and codes of administrative divisions.

use std::str::FromStr;

use crate::IdentifierKind;
use crate::fault::{Beginning, Fault, InvalidIdentifier, Lengths, Wording};
use crate::form::Form;
use crate::short_text::ShortText;
use crate::text_form::{ascii, text_form};

/// A well-formed postcode (邮政编码) of six digits whose first two are in use.
///
/// ```
/// use identifiers::Postcode;
///
/// let postcode: Postcode = "１００８７１".parse()?;
/// assert_eq!(postcode.as_str(), "100871");
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "邮政编码")]
pub struct Postcode([u8; 6]);

impl Postcode {
    /// The six digits.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }
}

impl FromStr for Postcode {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = Form::<6>::read(IdentifierKind::Postcode, text, Lengths::OneOf(&[6]))?;
        form.digits(0..6)?;
        let digits = form.first::<6>();
        let zone = (digits[0] - b'0') * 10 + (digits[1] - b'0');
        if !is_zone(zone) {
            return form.refuse(Fault::Beginning {
                found: Beginning::of_ascii(&digits[..2]),
                required: Wording::new("a zone of the post", "在用的邮区"),
            });
        }
        Ok(Self(digits))
    }
}

text_form!(Postcode, "a postcode of six digits");

/// The first two digits that the post uses: provinces, and 99 for Taiwan, Hong Kong and Macao.
fn is_zone(zone: u8) -> bool {
    matches!(
        zone,
        1..=7 | 10..=13 | 15..=16 | 20..=27 | 30..=36 | 40..=47 | 51..=57 | 61..=67 | 71..=75
            | 81 | 83..=86 | 99
    )
}

/// A well-formed code of an administrative division (行政区划代码): 6 digits of GB/T 2260, 9 with the
/// township, 12 with the village of the statistical code.
///
/// ```
/// use identifiers::DivisionCode;
///
/// let code: DivisionCode = "110108001001".parse()?;
/// assert_eq!(code.county(), "110108");
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "行政区划代码")]
pub struct DivisionCode(ShortText<12>);

impl DivisionCode {
    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The first six digits: province, prefecture and county.
    pub fn county(&self) -> &str {
        self.as_str().get(..6).unwrap_or_default()
    }

    /// The first nine digits, where there are so many: the township.
    pub fn town(&self) -> Option<&str> {
        self.as_str().get(..9)
    }
}

impl FromStr for DivisionCode {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lengths = Lengths::OneOf(&[6, 9, 12]);
        let form = Form::<12>::read(IdentifierKind::DivisionCode, text, lengths)?;
        form.digits(0..12)?;
        let county = form.first::<6>();
        if !crate::known::is_division(county) {
            return form.refuse(Fault::Division(Beginning::of_ascii(&county)));
        }
        Ok(Self(ShortText::of_ascii(form.characters())))
    }
}

text_form!(DivisionCode, "a division code of 6, 9 or 12 digits");

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[track_caller]
    fn read<T: FromStr<Err = InvalidIdentifier> + std::fmt::Display>(text: &str) -> String {
        match text.parse::<T>() {
            Ok(value) => value.to_string(),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn postcodes_begin_with_a_zone_of_the_post() {
        assert_snapshot!(read::<Postcode>("100 871"), @"100871");
        assert_snapshot!(read::<Postcode>("999077"), @"999077");
        assert_snapshot!(read::<Postcode>("000000"), @"beginning: begins with 00, a zone of the post is required; 开头是“00”，应为在用的邮区");
        assert_snapshot!(read::<Postcode>("10087"), @"length: has 5 characters, 6 are required; 共 5 位，应为 6 位");
        assert_snapshot!(read::<Postcode>("1OO871"), @"character: character 2 is O, a digit is required; 第 2 位是“O”，应为数字");
    }

    #[test]
    fn division_codes_have_six_nine_or_twelve_digits() {
        assert_snapshot!(read::<DivisionCode>("110108"), @"110108");
        assert_snapshot!(read::<DivisionCode>("110108 001 001"), @"110108001001");
        assert_snapshot!(read::<DivisionCode>("110108001"), @"110108001");
        assert_snapshot!(read::<DivisionCode>("990108"), @"division: 990108 has never been a division; “990108”从来不是行政区划代码");
        assert_snapshot!(read::<DivisionCode>("1101"), @"length: has 4 characters, 6, 9 or 12 are required; 共 4 位，应为 6、9 或 12 位");
    }
}
