//! The permits with which residents of Hong Kong, Macao and Taiwan travel to the mainland.

use std::str::FromStr;

use crate::IdentifierKind;
use crate::fault::{Beginning, Fault, InvalidIdentifier, Lengths, Wording};
use crate::form::Form;
use crate::short_text::ShortText;
use crate::text_form::{ascii, redacted_debug, text_form};

/// A well-formed mainland travel permit of a resident of Hong Kong or Macao (港澳居民来往内地通行证).
///
/// H or M and eight digits that stay with the person for life. Cards of 1999 to 2012 add two
/// digits that count renewals; they are kept apart, since the first nine characters are what two
/// cards of one person share (notice of the Ministry of Public Security on the numbers of these
/// permits). There is no check digit.
///
/// Permanent residents who are not Chinese citizens hold a card of their own since July 2024; a
/// second letter in place of the first digit is taken for it. Its rule has not been published.
///
/// ```
/// use identifiers::HongKongMacaoPermit;
///
/// let old: HongKongMacaoPermit = "H1234567802".parse()?;
/// let new: HongKongMacaoPermit = "h12345678".parse()?;
/// assert_eq!(old.as_str(), new.as_str());
/// assert_eq!(old.renewals(), Some(2));
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "回乡证")]
pub struct HongKongMacaoPermit {
    number: [u8; 9],
    renewals: Option<u8>,
}

/// Where a resident from outside the mainland comes from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// Hong Kong (香港).
    HongKong,
    /// Macao (澳门).
    Macao,
    /// Taiwan (台湾).
    Taiwan,
}

const KIND: IdentifierKind = IdentifierKind::HongKongMacaoPermit;

impl HongKongMacaoPermit {
    /// The letter and the eight digits, without renewals: what two cards of one person share.
    pub fn as_str(&self) -> &str {
        ascii(&self.number)
    }

    /// Where the holder resides.
    pub fn region(&self) -> Region {
        if self.number[0] == b'M' {
            Region::Macao
        } else {
            Region::HongKong
        }
    }

    /// How often the card had been renewed, where its number tells.
    pub fn renewals(&self) -> Option<u8> {
        self.renewals
    }

    /// Whether it is the card for those who are not Chinese citizens.
    pub fn is_of_foreign_citizen(&self) -> bool {
        self.number[1].is_ascii_uppercase()
    }
}

impl FromStr for HongKongMacaoPermit {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = Form::<11>::read(KIND, text, Lengths::OneOf(&[9, 11]))?;
        let characters = form.characters();
        if !matches!(characters.first(), Some(b'H' | b'M')) {
            return form.refuse(Fault::Beginning {
                found: Beginning::of_ascii(characters.get(..1).unwrap_or_default()),
                required: Wording::new("H or M", " H 或 M"),
            });
        }
        let foreign = characters.len() == 9 && is_second_letter(characters[1]);
        form.digits(if foreign { 2 } else { 1 }..characters.len())?;
        let renewals = match characters {
            [.., tens, ones] if characters.len() == 11 => Some((tens - b'0') * 10 + ones - b'0'),
            _ => None,
        };
        Ok(Self {
            number: form.first(),
            renewals,
        })
    }
}

text_form!(
    HongKongMacaoPermit,
    "a permit number of H or M and eight digits"
);
redacted_debug!(HongKongMacaoPermit);

/// Letters that are told apart from digits: I and O are not used.
fn is_second_letter(character: u8) -> bool {
    character.is_ascii_uppercase() && !matches!(character, b'I' | b'O')
}

/// A well-formed mainland travel permit of a resident of Taiwan (台湾居民来往大陆通行证).
///
/// Eight digits since 2015. Older booklets have ten digits, the last two for renewals, and a
/// letter, often in brackets. There is no check digit: the shape is all that is checked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "台胞证")]
pub struct TaiwanPermit(ShortText<11>);

impl TaiwanPermit {
    /// The digits, and the letter of an old number, without brackets.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The eight digits that stay with the person.
    pub fn number(&self) -> &str {
        self.as_str().get(..8).unwrap_or_default()
    }

    /// Whether the number is of the booklets before 2015.
    pub fn is_old(&self) -> bool {
        self.as_str().len() > 8
    }
}

impl FromStr for TaiwanPermit {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lengths = Lengths::OneOf(&[8, 10, 11]);
        let kind = IdentifierKind::TaiwanPermit;
        let form = Form::<11>::read_without(kind, text, lengths, |character| {
            matches!(character, b'(' | b')')
        })?;
        let characters = form.characters();
        form.digits(0..characters.len().min(10))?;
        form.require(
            10..11,
            |character| character.is_ascii_uppercase(),
            Wording::LETTER,
        )?;
        Ok(Self(ShortText::of_ascii(characters)))
    }
}

text_form!(TaiwanPermit, "a permit number of eight digits");
redacted_debug!(TaiwanPermit);

#[cfg(test)]
mod tests {
    use super::*;
    use insta::{assert_debug_snapshot, assert_snapshot};

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<HongKongMacaoPermit>() {
            Ok(permit) => format!("{permit} {:?} {:?}", permit.region(), permit.renewals()),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[track_caller]
    fn read_taiwan(text: &str) -> String {
        match text.parse::<TaiwanPermit>() {
            Ok(permit) => format!("{permit} {} old: {}", permit.number(), permit.is_old()),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn old_and_new_cards_of_one_person_have_one_number() {
        assert_snapshot!(read("H12345678"), @"H12345678 HongKong None");
        assert_snapshot!(read("m1234 5678 00"), @"M12345678 Macao Some(0)");
        assert!(
            "HA1234567"
                .parse::<HongKongMacaoPermit>()
                .unwrap()
                .is_of_foreign_citizen()
        );
        assert_debug_snapshot!("H12345678".parse::<HongKongMacaoPermit>().unwrap(), @"HongKongMacaoPermit(*****5678)");
    }

    #[test]
    fn taiwan_permits_have_eight_digits_or_the_old_form() {
        assert_snapshot!(read_taiwan("12345678"), @"12345678 12345678 old: false");
        assert_snapshot!(read_taiwan("0123456701(B)"), @"0123456701B 01234567 old: true");
        assert_snapshot!(read_taiwan("0123456701（Ｂ）"), @"0123456701B 01234567 old: true");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("A12345678"), @"beginning: begins with A, H or M is required; 开头是“A”，应为 H 或 M");
        assert_snapshot!(read("H1234567"), @"length: has 8 characters, 9 or 11 are required; 共 8 位，应为 9 或 11 位");
        assert_snapshot!(read("H1234567B"), @"character: character 9 is B, a digit is required; 第 9 位是“B”，应为数字");
        assert_snapshot!(read("HO1234567"), @"character: character 2 is O, a digit is required; 第 2 位是“O”，应为数字");
        assert_snapshot!(read_taiwan("012345670"), @"length: has 9 characters, 8, 10 or 11 are required; 共 9 位，应为 8、10 或 11 位");
        assert_snapshot!(read_taiwan("01234567012"), @"character: character 11 is 2, a letter is required; 第 11 位是“2”，应为字母");
    }
}
