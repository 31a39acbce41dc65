//! Countries and territories of ISO 3166-1, as passports and permits name them.

use std::fmt;

use crate::table;
use crate::text_form::ascii;

/// Described in `xtask/src/reference/countries.rs`.
static TABLE: &[u8] = include_bytes!("../tables/countries.bin");
static NAMES: &str = include_str!("../tables/countries.txt");

const LETTERS: usize = 26 * 26;
const NUMBERS: usize = 1000;
const WIDTH: usize = 11;

/// A country or territory (国家或地区) of ISO 3166-1 with its codes and names.
///
/// Whether somebody recognises it as a state is not said: the standard codes territories too. Names in Chinese are
/// the usual short ones.
///
/// ```
/// use identifiers::Country;
///
/// let country = Country::of_alpha3("FRA").unwrap();
/// assert_eq!((country.alpha2(), country.number(), country.zh()), ("FR", 250, "法国"));
/// assert_eq!(Country::of_number(250), Some(country));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "国籍")]
pub struct Country(&'static [u8; WIDTH]);

impl Country {
    /// By two capital letters, like `CN`.
    pub fn of_alpha2(code: &str) -> Option<Self> {
        let &[first, second] = code.as_bytes() else {
            return None;
        };
        let [first, second] = [letter(first)?, letter(second)?];
        Self::at(*TABLE.get(first * 26 + second)?)
    }

    /// By three capital letters, like `CHN`, which stand in the machine-readable zone of passports.
    pub fn of_alpha3(code: &str) -> Option<Self> {
        let &[a, b, c] = code.as_bytes() else {
            return None;
        };
        let wanted = u32::from_be_bytes([0, a, b, c]);
        let letters =
            |record: &[u8; WIDTH]| u32::from_be_bytes([0, record[2], record[3], record[4]]);
        let records = records();
        let place = records.binary_search_by_key(&wanted, letters);
        records.get(place.ok()?).map(Self)
    }

    /// By number, 0 to 999, like 156, which stands in the foreigners' permanent residence card of 2023.
    pub fn of_number(number: u16) -> Option<Self> {
        let number = usize::from(number);
        if number >= NUMBERS {
            return None;
        }
        Self::at(*TABLE.get(LETTERS + number)?)
    }

    /// Every country and territory, ordered by its three letters.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        records().iter().map(Self)
    }

    /// The two letters.
    pub fn alpha2(self) -> &'static str {
        ascii(&self.0[..2])
    }

    /// The three letters.
    pub fn alpha3(self) -> &'static str {
        ascii(&self.0[2..5])
    }

    /// The number, shown with three digits.
    pub fn number(self) -> u16 {
        table::number(self.0, 5)
    }

    /// The usual name in Chinese.
    pub fn zh(self) -> &'static str {
        table::text(NAMES, table::number(self.0, 7).into())
    }

    /// The usual name in English.
    pub fn name(self) -> &'static str {
        table::text(NAMES, table::number(self.0, 9).into())
    }

    fn at(place: u8) -> Option<Self> {
        records().get(usize::from(place)).map(Self)
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Country({})", self.alpha3())
    }
}

fn records() -> &'static [[u8; WIDTH]] {
    table::records(TABLE.get(LETTERS + NUMBERS..).unwrap_or_default())
}

fn letter(character: u8) -> Option<usize> {
    character
        .is_ascii_uppercase()
        .then(|| usize::from(character - b'A'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_country_is_found_by_each_of_its_codes_and_has_both_names() {
        assert_eq!(Country::all().len(), 249);
        for country in Country::all() {
            assert_eq!(Country::of_alpha2(country.alpha2()), Some(country));
            assert_eq!(Country::of_alpha3(country.alpha3()), Some(country));
            assert_eq!(Country::of_number(country.number()), Some(country));
            assert!(!country.zh().is_ascii() && !country.name().is_empty());
        }
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        let shown = |country: Country| {
            (
                country.alpha2(),
                country.alpha3(),
                country.number(),
                country.zh(),
                country.name(),
            )
        };
        assert_eq!(
            Country::of_number(156).map(shown),
            Some(("CN", "CHN", 156, "中国", "People's Republic of China"))
        );
        assert_eq!(
            Country::of_alpha2("KR").map(shown),
            Some(("KR", "KOR", 410, "韩国", "South Korea"))
        );
        assert_eq!(
            Country::of_alpha3("USA").map(shown),
            Some(("US", "USA", 840, "美国", "United States of America"))
        );
        // Kosovo's code is assigned by its users, not by the standard.
        assert_eq!(Country::of_alpha2("XK"), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(code in any::<String>(), near in "[A-Za-z]{2,3}", number in any::<u16>()) {
            for text in [&code, &near] {
                let _ = (Country::of_alpha2(text), Country::of_alpha3(text));
            }
            let _ = Country::of_number(number);
        }
    }
}
