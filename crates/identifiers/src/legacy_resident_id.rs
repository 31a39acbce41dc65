//! The resident identity number before 1999: 15 digits, no century and no check digit.

use std::str::FromStr;

use crate::resident_id::{
    exactly, refuse_impossible_birth, refuse_other_than_digits, refuse_unknown_province, sex_of,
};
use crate::text_form::{ascii, redacted_debug, text_form};
use crate::written::plain;
use crate::{AcceptedLength, CalendarDate, InvalidResidentIdNumber, ResidentIdNumber, Sex};

/// Sequence numbers kept for those who were born in the 1800s.
const CENTENARIAN_SEQUENCES: [&[u8]; 4] = [b"996", b"997", b"998", b"999"];

/// A well-formed resident identity number of 15 digits (一代身份证号码).
///
/// Cards with it have not been valid since 2013, but archives are full of them. Without a check
/// digit a mistyped one is often well-formed; treat agreement as weaker evidence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "15位身份证")]
pub struct LegacyResidentIdNumber([u8; 15]);

impl LegacyResidentIdNumber {
    /// The 15 digits.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }

    /// The number of 18 characters that replaced this one: the century and a check digit added.
    pub fn upgraded(&self) -> ResidentIdNumber {
        let mut body = [0; 17];
        body[..6].copy_from_slice(&self.0[..6]);
        body[6..8].copy_from_slice(century(&self.0));
        body[8..].copy_from_slice(&self.0[6..]);
        ResidentIdNumber::completed(body)
    }

    /// The birth date that the number states, in the century it implies.
    pub fn birth_date(&self) -> CalendarDate {
        self.upgraded().birth_date()
    }

    /// The sex that the number states.
    pub fn sex(&self) -> Sex {
        sex_of(self.0[14])
    }

    /// Checks 15 characters that are already half width.
    pub(crate) fn of_characters(digits: [u8; 15]) -> Result<Self, InvalidResidentIdNumber> {
        refuse_other_than_digits(&digits)?;
        refuse_unknown_province(&digits)?;
        let mut birth = [0; 8];
        birth[..2].copy_from_slice(century(&digits));
        birth[2..].copy_from_slice(&digits[6..12]);
        refuse_impossible_birth(birth)?;
        Ok(Self(digits))
    }

    /// The number of 15 digits when its century, told by the sequence, is the one given; the
    /// digits come from a verified number of 18.
    pub(crate) fn within(digits: [u8; 15], given_century: &[u8]) -> Option<Self> {
        (century(&digits) == given_century).then_some(Self(digits))
    }
}

impl FromStr for LegacyResidentIdNumber {
    type Err = InvalidResidentIdNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match plain::<15>(text) {
            Some(digits) => Self::of_characters(digits),
            None => Self::of_characters(exactly(text, AcceptedLength::Fifteen)?),
        }
    }
}

text_form!(
    LegacyResidentIdNumber,
    "a resident identity number of 15 digits"
);
redacted_debug!(LegacyResidentIdNumber);

fn century(digits: &[u8; 15]) -> &'static [u8; 2] {
    if CENTENARIAN_SEQUENCES.contains(&&digits[12..]) {
        b"18"
    } else {
        b"19"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::valid_number;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn upgraded(text: &str) -> String {
        match text.parse::<LegacyResidentIdNumber>() {
            Ok(number) => number.upgraded().to_string(),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn upgrading_inserts_the_century_and_appends_the_check_digit() {
        assert_eq!(upgraded("110105491231002"), "11010519491231002X");
        assert_eq!(upgraded(" １１０１０５491231002 "), "11010519491231002X");
    }

    #[test]
    fn the_last_four_sequences_belong_to_the_century_before() {
        assert_eq!(&upgraded("110105800101996")[6..14], "18800101");
        assert_eq!(&upgraded("110105800101995")[6..14], "19800101");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(upgraded("11010549123100"), @"resident_id_length: has 14 characters, 15 are required; 共 14 位，应为 15 位");
        assert_snapshot!(upgraded("11010549123100X"), @"resident_id_not_a_digit: character 15 is X, a digit is required; 第 15 位是“X”，应为数字");
        assert_snapshot!(upgraded("110105000229001"), @"resident_id_birth_date: birth date does not exist: day is 29, 1 to 28 are required in 1900-02; 出生日期不存在：日为 29，1900 年 2 月应为 1 至 28");
        assert_snapshot!(upgraded("110105490101999"), @"resident_id_birth_year: birth year is 1849, 1850 or later is required; 出生年份为 1849，不应早于 1850");
    }

    #[test]
    fn someone_born_in_this_century_never_had_fifteen_digits() {
        let number: ResidentIdNumber = "110105200001010016".parse().unwrap();
        assert_eq!(number.legacy(), None);
    }

    proptest! {
        #[test]
        fn shortening_and_upgrading_come_back(number in valid_number()) {
            if let Some(legacy) = number.legacy() {
                prop_assert_eq!(legacy.upgraded(), number);
                prop_assert_eq!(legacy.to_string().parse(), Ok(legacy));
                prop_assert_eq!((legacy.birth_date(), legacy.sex()), (number.birth_date(), number.sex()));
            }
        }

        #[test]
        fn upgrading_and_shortening_come_back(text in "(11|44|65)[0-9]{4}[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}") {
            if let Ok(legacy) = text.parse::<LegacyResidentIdNumber>() {
                prop_assert_eq!(legacy.upgraded().legacy(), Some(legacy));
                prop_assert_eq!(legacy.upgraded().to_string().parse(), Ok(legacy.upgraded()));
            }
        }

        #[test]
        fn nothing_panics(text in any::<String>(), near in "[0-9０-９一 ]{0,17}") {
            let _ = (text.parse::<LegacyResidentIdNumber>(), near.parse::<LegacyResidentIdNumber>());
        }
    }
}
