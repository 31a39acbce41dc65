//! Passports: Chinese series by their letters, all others by shape only.

use std::str::FromStr;

use crate::IdentifierKind;
use crate::fault::{Fault, InvalidIdentifier, Lengths, Wording};
use crate::form::Form;
use crate::short_text::ShortText;
use crate::text_form::{redacted_debug, text_form};

/// A number that may be of a passport (护照).
///
/// Passports have no check digit outside their machine-readable zone, and countries choose their
/// own form; five to fifteen letters and digits, a digit among them, are all that is asked. What
/// has the form of a Chinese series is named as such.
///
/// ```
/// use identifiers::{Passport, PassportSeries};
///
/// let passport: Passport = "ea1234567".parse()?;
/// assert_eq!(passport.series(), PassportSeries::ChineseOrdinary);
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "护照")]
pub struct Passport(ShortText<15>);

/// The series whose form a passport number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PassportSeries {
    /// E and eight digits, or E, a letter other than I and O, and seven digits (普通护照, since 2012).
    ChineseOrdinary,
    /// G and eight digits, or 14 or 15 and seven digits (旧版普通护照).
    ChineseOrdinaryOld,
    /// D and eight digits, or DE and seven digits (外交护照).
    ChineseDiplomatic,
    /// S and eight digits, or SE and seven digits (公务护照).
    ChineseService,
    /// P and eight digits, or PE and seven digits (公务普通护照).
    ChinesePublicAffairs,
    /// K or H and eight digits, or such a letter, another one and seven digits (香港特别行政区护照).
    HongKong,
    /// MA or MB and seven digits (澳门特别行政区护照).
    Macao,
    /// Anything else: not judged.
    Other,
}

impl Passport {
    /// The letters and digits, upper case.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The series whose form the number has.
    pub fn series(&self) -> PassportSeries {
        let [first, second, rest @ ..] = self.as_str().as_bytes() else {
            return PassportSeries::Other;
        };
        if rest.len() != 7 || !rest.iter().all(u8::is_ascii_digit) {
            return PassportSeries::Other;
        }
        let digit = second.is_ascii_digit();
        match (first, second) {
            (b'E', b'I' | b'O') => PassportSeries::Other,
            (b'E', _) => PassportSeries::ChineseOrdinary,
            (b'G', _) if digit => PassportSeries::ChineseOrdinaryOld,
            (b'1', b'4' | b'5') => PassportSeries::ChineseOrdinaryOld,
            (b'D', _) if digit || *second == b'E' => PassportSeries::ChineseDiplomatic,
            (b'S', _) if digit || *second == b'E' => PassportSeries::ChineseService,
            (b'P', _) if digit || *second == b'E' => PassportSeries::ChinesePublicAffairs,
            (b'K' | b'H', _) if digit || *second == b'J' => PassportSeries::HongKong,
            (b'M', b'A' | b'B') => PassportSeries::Macao,
            _ => PassportSeries::Other,
        }
    }
}

impl FromStr for Passport {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = Form::<15>::read(IdentifierKind::Passport, text, Lengths::Between(5, 15))?;
        let characters = form.characters();
        if !characters.iter().any(u8::is_ascii_digit) {
            return form.refuse(Fault::Form(Wording::new(
                "a number: no digit is in it",
                "护照号码：其中没有数字",
            )));
        }
        Ok(Self(ShortText::of_ascii(characters)))
    }
}

text_form!(Passport, "a passport number of 5 to 15 letters and digits");
redacted_debug!(Passport);

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<Passport>() {
            Ok(passport) => format!("{passport} {:?}", passport.series()),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn chinese_series_are_told_by_their_letters() {
        assert_snapshot!(read("E12345678"), @"E12345678 ChineseOrdinary");
        assert_snapshot!(read("ea1234567"), @"EA1234567 ChineseOrdinary");
        assert_snapshot!(read("G12345678"), @"G12345678 ChineseOrdinaryOld");
        assert_snapshot!(read("141234567"), @"141234567 ChineseOrdinaryOld");
        assert_snapshot!(read("DE1234567"), @"DE1234567 ChineseDiplomatic");
        assert_snapshot!(read("SE1234567"), @"SE1234567 ChineseService");
        assert_snapshot!(read("P01234567"), @"P01234567 ChinesePublicAffairs");
        assert_snapshot!(read("KJ1234567"), @"KJ1234567 HongKong");
        assert_snapshot!(read("MA1234567"), @"MA1234567 Macao");
    }

    #[test]
    fn a_foreign_passport_is_taken_as_it_is() {
        for text in [
            "C01X00T47",
            "AB1234567",
            "123456789",
            "EI1234567",
            "P<1234567".trim_start_matches("P<"),
            "X1234567Z",
        ] {
            assert!(read(text).ends_with("Other"), "{text}: {}", read(text));
        }
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("E123"), @"length: has 4 characters, 5 to 15 are required; 共 4 位，应为 5 至 15 位");
        assert_snapshot!(read("PASSPORT"), @"form: is not a number: no digit is in it; 不是护照号码：其中没有数字");
        assert_snapshot!(read("E1234567护"), @"character: character 9 is 护, a letter or a digit is required; 第 9 位是“护”，应为字母或数字");
    }
}
