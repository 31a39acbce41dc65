//! The resident identity number in force: 18 characters.

use std::str::FromStr;

use crate::text_form::{ascii, redacted_debug, text_form};
use crate::written::{Written, is_mark, plain};
use crate::{
    AcceptedLength, CalendarDate, InvalidResidentIdNumber, LegacyResidentIdNumber, check, province,
};

/// The first year of birth that a number may state.
pub(crate) const EARLIEST_BIRTH_YEAR: u16 = 1850;

/// A well-formed resident identity number (居民身份证号码), GB 11643-1999.
///
/// Holding one means that length, digits, province, birth date and check digit were verified. It
/// does not mean that the card exists, or that it belongs to the person who showed it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "身份证")]
#[doc(alias = "公民身份号码")]
pub struct ResidentIdNumber([u8; 18]);

/// Sex as an identity number states it (性别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Odd sequence number (男).
    Male,
    /// Even sequence number (女).
    Female,
}

impl ResidentIdNumber {
    /// The 18 characters, a final X in upper case.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }

    /// The 18 characters.
    pub(crate) fn characters(&self) -> &[u8] {
        &self.0
    }

    /// The birth date that the number states.
    pub fn birth_date(&self) -> CalendarDate {
        let digit = |place: usize| self.0[place] - b'0';
        let pair = |place: usize| digit(place) * 10 + digit(place + 1);
        CalendarDate::verified(
            u16::from(pair(6)) * 100 + u16::from(pair(8)),
            pair(10),
            pair(12),
        )
    }

    /// The sex that the number states.
    pub fn sex(&self) -> Sex {
        sex_of(self.0[16])
    }

    /// The six digits of the division where the number was issued (行政区划代码), which need not
    /// be where the person lives, nor exist today.
    pub fn division(&self) -> &str {
        ascii(&self.0[..6])
    }

    /// The 15 digits this number had before 1999, if it could have had any: the old form knows
    /// the 1900s, and through the sequence numbers kept for centenarians the 1800s.
    pub fn legacy(&self) -> Option<LegacyResidentIdNumber> {
        let mut digits = [0; 15];
        digits[..6].copy_from_slice(&self.0[..6]);
        digits[6..].copy_from_slice(&self.0[8..17]);
        LegacyResidentIdNumber::within(digits, &self.0[6..8])
    }

    /// Checks 18 characters that are already upper case and half width.
    pub(crate) fn of_characters(characters: [u8; 18]) -> Result<Self, InvalidResidentIdNumber> {
        let [body @ .., found] = &characters;
        let found = *found;
        refuse_other_than_digits(body)?;
        if !found.is_ascii_digit() && found != b'X' {
            return Err(InvalidResidentIdNumber::CheckCharacter {
                found: found.into(),
            });
        }
        refuse_unknown_province(body)?;
        let [_, _, _, _, _, _, birth @ .., _, _, _, _] = characters;
        refuse_impossible_birth(birth)?;
        let expected = check::mod_11_2_of_17(body);
        if expected != found {
            return Err(InvalidResidentIdNumber::CheckDigit {
                found: found.into(),
                expected: expected.into(),
            });
        }
        Ok(Self(characters))
    }

    /// Completes 17 verified digits with their check digit.
    pub(crate) fn completed(body: [u8; 17]) -> Self {
        let mut characters = [b'0'; 18];
        characters[..17].copy_from_slice(&body);
        characters[17] = check::mod_11_2_of_17(&body);
        Self(characters)
    }
}

impl FromStr for ResidentIdNumber {
    type Err = InvalidResidentIdNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match plain::<18>(text) {
            Some(characters) => Self::of_characters(characters),
            None => Self::of_characters(exactly(text, AcceptedLength::Eighteen)?),
        }
    }
}

text_form!(
    ResidentIdNumber,
    "a resident identity number of 18 characters"
);
redacted_debug!(ResidentIdNumber);

/// The text as exactly `N` ASCII characters, or the refusal that says why it is not.
pub(crate) fn exactly<const N: usize>(
    text: &str,
    accepted: AcceptedLength,
) -> Result<[u8; N], InvalidResidentIdNumber> {
    of_written(&Written::<N>::read(text, is_mark), accepted)
}

pub(crate) fn of_written<const M: usize, const N: usize>(
    written: &Written<M>,
    accepted: AcceptedLength,
) -> Result<[u8; N], InvalidResidentIdNumber> {
    let found = written.length();
    let characters = written.characters().try_into();
    match (characters, written.foreign()) {
        (Ok(characters), None) if found == N => Ok(characters),
        (Ok(_), Some((18, found))) if written.length() == N => {
            Err(InvalidResidentIdNumber::CheckCharacter { found })
        }
        (Ok(_), Some((position, found))) if written.length() == N => {
            Err(InvalidResidentIdNumber::NotADigit { position, found })
        }
        _ => Err(InvalidResidentIdNumber::Length { found, accepted }),
    }
}

pub(crate) fn refuse_other_than_digits(characters: &[u8]) -> Result<(), InvalidResidentIdNumber> {
    // Asking all at once first is what lets the usual case go in one step.
    if characters
        .iter()
        .fold(true, |all, found| all & found.is_ascii_digit())
    {
        return Ok(());
    }
    match characters
        .iter()
        .position(|character| !character.is_ascii_digit())
    {
        Some(place) => Err(InvalidResidentIdNumber::NotADigit {
            position: place + 1,
            found: characters[place].into(),
        }),
        None => Ok(()),
    }
}

pub(crate) fn refuse_unknown_province(digits: &[u8]) -> Result<(), InvalidResidentIdNumber> {
    let found = (digits[0] - b'0') * 10 + (digits[1] - b'0');
    if province::is_known(found) {
        Ok(())
    } else {
        Err(InvalidResidentIdNumber::Province { found })
    }
}

pub(crate) fn refuse_impossible_birth(digits: [u8; 8]) -> Result<(), InvalidResidentIdNumber> {
    let date = CalendarDate::of_digits(digits).map_err(InvalidResidentIdNumber::BirthDate)?;
    if date.year() < EARLIEST_BIRTH_YEAR {
        return Err(InvalidResidentIdNumber::BirthYear { found: date.year() });
    }
    Ok(())
}

pub(crate) fn sex_of(sequence_end: u8) -> Sex {
    if sequence_end % 2 == 1 {
        Sex::Male
    } else {
        Sex::Female
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::valid_number;
    use insta::{assert_debug_snapshot, assert_snapshot};
    use proptest::prelude::*;

    #[track_caller]
    fn number(text: &str) -> ResidentIdNumber {
        text.parse().unwrap()
    }

    #[track_caller]
    fn refusal(text: &str) -> String {
        let refusal = text.parse::<ResidentIdNumber>().unwrap_err();
        format!("{}: {refusal}; {}", refusal.code(), refusal.zh())
    }

    #[test]
    fn a_number_tells_birth_sex_and_division() {
        let sample = number("11010519491231002X");
        assert_eq!(sample.birth_date().to_string(), "1949-12-31");
        assert_eq!(sample.sex(), Sex::Female);
        assert_eq!(sample.division(), "110105");
        assert_eq!(number("440524188001010014").sex(), Sex::Male);
    }

    #[test]
    fn width_case_and_blanks_do_not_matter() {
        for text in [
            "11010519491231002x",
            " 110105 19491231 002X\t",
            "１１０１０５１９４９１２３１００２Ｘ",
            "\u{feff}11010519491231002ｘ\u{3000}",
        ] {
            assert_eq!(number(text), number("11010519491231002X"), "{text}");
        }
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(refusal(""), @"resident_id_length: has 0 characters, 18 are required; 共 0 位，应为 18 位");
        assert_snapshot!(refusal("11010519491231002"), @"resident_id_length: has 17 characters, 18 are required; 共 17 位，应为 18 位");
        assert_snapshot!(refusal("1101O519491231002X"), @"resident_id_not_a_digit: character 5 is O, a digit is required; 第 5 位是“O”，应为数字");
        assert_snapshot!(refusal("1101051949一231002X"), @"resident_id_not_a_digit: character 11 is 一, a digit is required; 第 11 位是“一”，应为数字");
        assert_snapshot!(refusal("11010519491231002Y"), @"resident_id_check_character: character 18 is Y, a digit or X is required; 第 18 位是“Y”，应为数字或 X");
        assert_snapshot!(refusal("11010519491231002二"), @"resident_id_check_character: character 18 is 二, a digit or X is required; 第 18 位是“二”，应为数字或 X");
        assert_snapshot!(refusal("01010519491231002X"), @"resident_id_province: begins with 01, which is no province; 前两位 01 不是省级行政区划代码");
        assert_snapshot!(refusal("110105199302290021"), @"resident_id_birth_date: birth date does not exist: day is 29, 1 to 28 are required in 1993-02; 出生日期不存在：日为 29，1993 年 2 月应为 1 至 28");
        assert_snapshot!(refusal("110105184912310021"), @"resident_id_birth_year: birth year is 1849, 1850 or later is required; 出生年份为 1849，不应早于 1850");
        assert_snapshot!(refusal("110105194912310021"), @"resident_id_check_digit: check digit is 1, X is required; 校验码是 1，应为 X");
    }

    #[test]
    fn debug_shows_the_last_four_only() {
        assert_debug_snapshot!(number("11010519491231002X"), @"ResidentIdNumber(**************002X)");
    }

    #[test]
    fn residents_of_taiwan_hong_kong_and_macao_are_provinces_too() {
        for province in ["71", "81", "82", "83", "91"] {
            let body = format!("{province}000019900101001");
            let check = char::from(check::mod_11_2(body.as_bytes()).unwrap());
            assert_eq!(
                number(&format!("{body}{check}")).division(),
                format!("{province}0000")
            );
        }
    }

    proptest! {
        #[test]
        fn any_single_mistyped_digit_is_caught(
            number in valid_number(), position in 0_usize..17, shift in 1_u8..10,
        ) {
            let mut characters = number.0;
            characters[position] = b'0' + (characters[position] - b'0' + shift) % 10;
            prop_assert!(ascii(&characters).parse::<ResidentIdNumber>().is_err());
        }

        #[test]
        fn any_two_swapped_neighbours_are_caught(number in valid_number(), position in 0_usize..17) {
            let mut characters = number.0;
            characters.swap(position, position + 1);
            let swapped = ascii(&characters).parse::<ResidentIdNumber>();
            prop_assert!(swapped.is_err() || swapped == Ok(number));
        }

        #[test]
        fn reading_what_was_shown_is_the_identity(number in valid_number()) {
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }

        #[test]
        fn nothing_panics(text in any::<String>(), near in "[0-9０-９xXＸ一 ]{0,20}") {
            let _ = (text.parse::<ResidentIdNumber>(), near.parse::<ResidentIdNumber>());
        }
    }
}
