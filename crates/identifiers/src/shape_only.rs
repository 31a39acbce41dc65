//! Documents whose numbers follow no published rule: only their shape is looked at.

use std::str::FromStr;

use crate::IdentifierKind;
use crate::fault::{Fault, InvalidIdentifier, Lengths, Wording};
use crate::form::Form;
use crate::short_text::ShortText;
use crate::text_form::{redacted_debug, text_form};
use crate::written::{half_width, is_blank};

/// A number that may be of a household register (户口簿): 6 to 18 letters and digits.
///
/// Where a household register stands for the identity of a child, its number usually is the
/// resident identity number inside; [`crate::PersonIdNumber`] reads that.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "户口簿")]
pub struct HouseholdRegister(ShortText<18>);

/// A number that may be of a card of the armed forces (军官证、士兵证、文职干部证): one to four
/// characters of the issuing body, 字第, four to ten letters and digits, 号.
///
/// The last character may be left out; so may everything before the digits, which then are six to
/// ten.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "军官证")]
#[doc(alias = "士兵证")]
pub struct MilitaryId(ShortText<40>);

/// A number that may be of a card of the armed police (武警警官证), written like that of the armed forces
/// with 武 at its beginning, or a police number (警号) of six to eight digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "警官证")]
pub struct PoliceId(ShortText<40>);

/// Which card of the armed forces it is, as far as the first character tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MilitaryCard {
    /// 士 or 兵: a soldier.
    Soldier,
    /// 文: a civilian cadre.
    Civilian,
    /// Any other body: an officer.
    Officer,
    /// Digits alone do not tell.
    Unknown,
}

impl HouseholdRegister {
    /// The letters and digits, upper case.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for HouseholdRegister {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let kind = IdentifierKind::HouseholdRegister;
        let form = Form::<18>::read(kind, text, Lengths::Between(6, 18))?;
        if !form.characters().iter().any(u8::is_ascii_digit) {
            return form.refuse(Fault::Form(Wording::new(
                "a number: no digit is in it",
                "户口簿编号：其中没有数字",
            )));
        }
        Ok(Self(ShortText::of_ascii(form.characters())))
    }
}

impl MilitaryId {
    /// The number in full, letters in upper case, without blanks.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Which card it is.
    pub fn card(&self) -> MilitaryCard {
        match self.as_str().chars().next() {
            Some('士' | '兵') => MilitaryCard::Soldier,
            Some('文') => MilitaryCard::Civilian,
            Some(first) if !first.is_ascii() => MilitaryCard::Officer,
            _ => MilitaryCard::Unknown,
        }
    }
}

impl FromStr for MilitaryId {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let full = folded(text).filter(|full| is_card(full.as_str(), 6..=10, false));
        full.map(Self).ok_or(InvalidIdentifier::new(
            IdentifierKind::MilitaryId,
            Fault::Form(Wording::new(
                "written like 军字第1234567号, or 6 to 10 digits",
                "“军字第1234567号”的写法，也不是 6 至 10 位数字",
            )),
        ))
    }
}

impl PoliceId {
    /// The number in full, letters in upper case, without blanks.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is of the armed police.
    pub fn is_armed_police(&self) -> bool {
        self.as_str().starts_with('武')
    }
}

impl FromStr for PoliceId {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let full = folded(text).filter(|full| is_card(full.as_str(), 6..=8, true));
        full.map(Self).ok_or(InvalidIdentifier::new(
            IdentifierKind::PoliceId,
            Fault::Form(Wording::new(
                "written like 武字第1234567号, or 6 to 8 digits",
                "“武字第1234567号”的写法，也不是 6 至 8 位数字",
            )),
        ))
    }
}

text_form!(
    HouseholdRegister,
    "a household register number of 6 to 18 letters and digits"
);
redacted_debug!(HouseholdRegister);
text_form!(MilitaryId, "a military card number");
text_form!(PoliceId, "a police card number");

impl std::fmt::Debug for MilitaryId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "MilitaryId({:?})", self.card())
    }
}

impl std::fmt::Debug for PoliceId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "PoliceId(armed police: {})",
            self.is_armed_police()
        )
    }
}

/// The text half width, upper case and without blanks and hyphens.
fn folded(text: &str) -> Option<ShortText<40>> {
    let mut short = ShortText::empty();
    for character in text.chars().filter(|&found| !is_blank(found)) {
        let character = half_width(character).to_ascii_uppercase();
        if character != '-' && !short.push(character) {
            return None;
        }
    }
    Some(short)
}

/// Whether a text is a body, 字第 and a number, or bare digits of some length.
fn is_card(text: &str, bare: std::ops::RangeInclusive<usize>, armed_police: bool) -> bool {
    let Some((body, number)) = text.split_once("字第") else {
        return bare.contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    };
    let number = number.strip_suffix('号').unwrap_or(number);
    (1..=4).contains(&body.chars().count())
        && body
            .chars()
            .all(|found| ('\u{4e00}'..='\u{9fff}').contains(&found))
        && body.starts_with('武') == armed_police
        && (4..=10).contains(&number.len())
        && number.bytes().all(|found| found.is_ascii_alphanumeric())
        && number.bytes().any(|found| found.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[track_caller]
    fn read<T>(text: &str) -> String
    where
        T: FromStr<Err = InvalidIdentifier> + std::fmt::Debug + std::fmt::Display,
    {
        match text.parse::<T>() {
            Ok(value) => format!("{value} {value:?}"),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn military_cards_tell_whose_they_are() {
        assert_snapshot!(read::<MilitaryId>("军字第 2001988 号"), @"军字第2001988号 MilitaryId(Officer)");
        assert_snapshot!(read::<MilitaryId>("士字第p01181634号"), @"士字第P01181634号 MilitaryId(Soldier)");
        assert_snapshot!(read::<MilitaryId>("文字第１２３４５６"), @"文字第123456 MilitaryId(Civilian)");
        assert_snapshot!(read::<MilitaryId>("12345678"), @"12345678 MilitaryId(Unknown)");
    }

    #[test]
    fn the_armed_police_have_cards_of_their_own() {
        assert_snapshot!(read::<PoliceId>("武字第00123456号"), @"武字第00123456号 PoliceId(armed police: true)");
        assert_snapshot!(read::<PoliceId>("012345"), @"012345 PoliceId(armed police: false)");
        assert_snapshot!(read::<MilitaryId>("武字第00123456号"), @"form: is not written like 军字第1234567号, or 6 to 10 digits; 不是“军字第1234567号”的写法，也不是 6 至 10 位数字");
    }

    #[test]
    fn a_household_register_has_letters_and_digits() {
        assert_snapshot!(read::<HouseholdRegister>("00123456 7"), @"001234567 HouseholdRegister(*****4567)");
        assert_snapshot!(read::<HouseholdRegister>("HUKOUBEN"), @"form: is not a number: no digit is in it; 不是户口簿编号：其中没有数字");
    }
}
