//! One entry for both lengths of the resident identity number.

use std::str::FromStr;

use crate::resident_id::of_written;
use crate::written::{Written, is_mark, plain};
use crate::{AcceptedLength, InvalidResidentIdNumber, LegacyResidentIdNumber, ResidentIdNumber};

/// A resident identity number as somebody gave it, in either length, and the canonical number of
/// 18 that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PersonIdNumber {
    number: ResidentIdNumber,
    form: ResidentIdForm,
}

/// Which length of the number was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResidentIdForm {
    /// 18 characters: the check digit was verified.
    Eighteen,
    /// 15 digits: nothing protected them against a slip of the pen.
    Fifteen,
}

impl PersonIdNumber {
    /// Reads 18 or 15 characters.
    pub fn parse(text: &str) -> Result<Self, InvalidResidentIdNumber> {
        if let Some(characters) = plain::<18>(text) {
            return Ok(ResidentIdNumber::of_characters(characters)?.into());
        }
        let written = Written::<18>::read(text, is_mark);
        if written.length() == 15 {
            let digits = of_written(&written, AcceptedLength::Either)?;
            return Ok(LegacyResidentIdNumber::of_characters(digits)?.into());
        }
        let characters = of_written(&written, AcceptedLength::Either)?;
        Ok(ResidentIdNumber::of_characters(characters)?.into())
    }

    /// The canonical number of 18.
    pub fn number(&self) -> ResidentIdNumber {
        self.number
    }

    /// The 18 characters of the canonical number.
    pub fn as_str(&self) -> &str {
        self.number.as_str()
    }

    /// The canonical number, lent.
    pub(crate) fn as_number(&self) -> &ResidentIdNumber {
        &self.number
    }

    /// Which length was given.
    pub fn form(&self) -> ResidentIdForm {
        self.form
    }
}

impl FromStr for PersonIdNumber {
    type Err = InvalidResidentIdNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl From<ResidentIdNumber> for PersonIdNumber {
    fn from(number: ResidentIdNumber) -> Self {
        Self {
            number,
            form: ResidentIdForm::Eighteen,
        }
    }
}

impl From<LegacyResidentIdNumber> for PersonIdNumber {
    fn from(legacy: LegacyResidentIdNumber) -> Self {
        Self {
            number: legacy.upgraded(),
            form: ResidentIdForm::Fifteen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::valid_number;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn read(text: &str) -> String {
        match PersonIdNumber::parse(text) {
            Ok(given) => format!("{} {:?}", given.number(), given.form()),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn both_lengths_lead_to_the_same_number() {
        assert_snapshot!(read("11010519491231002x"), @"11010519491231002X Eighteen");
        assert_snapshot!(read("110105 491231 002"), @"11010519491231002X Fifteen");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("1101051949123100"), @"resident_id_length: has 16 characters, 18 or 15 are required; 共 16 位，应为 18 或 15 位");
        assert_snapshot!(read("110105194912310021"), @"resident_id_check_digit: check digit is 1, X is required; 校验码是 1，应为 X");
        assert_snapshot!(read("11010549123100二"), @"resident_id_not_a_digit: character 15 is 二, a digit is required; 第 15 位是“二”，应为数字");
        assert_snapshot!(read("110105501331002"), @"resident_id_birth_date: birth date does not exist: month is 13, 1 to 12 are required; 出生日期不存在：月份为 13，应为 1 至 12");
    }

    proptest! {
        #[test]
        fn either_form_of_a_number_names_the_same_person(number in valid_number()) {
            prop_assert_eq!(PersonIdNumber::parse(number.as_str()).unwrap().number(), number);
            if let Some(legacy) = number.legacy() {
                prop_assert_eq!(PersonIdNumber::parse(legacy.as_str()).unwrap().number(), number);
            }
        }

        #[test]
        fn nothing_panics(text in any::<String>(), near in "[0-9０-９xX一 ]{0,40}") {
            let _ = (PersonIdNumber::parse(&text), PersonIdNumber::parse(&near));
        }
    }
}
