//! What the generated tables say, asked in the words of this crate.

use crate::{Country, Division, DivisionKey, division};

/// Whether three letters or three digits are a country or region of ISO 3166-1, or a code that
/// ICAO 9303 gives to those without one.
pub(crate) fn is_country(code: &str) -> bool {
    if let Ok(number) = code.parse() {
        return Country::of_number(number).is_some();
    }
    Country::of_alpha3(code).is_some() || matches!(code, "XXA" | "XXB" | "XXC" | "XXX" | "UNO")
}

/// Whether six digits have been the code of a division in any edition of GB/T 2260.
pub(crate) fn is_division(code: [u8; 6]) -> bool {
    DivisionKey::of_digits(code).and_then(division).is_some()
}

/// The division that the first six characters were given to.
pub(crate) fn division_of_digits(characters: &[u8]) -> Option<Division> {
    division(DivisionKey::of_digits(*characters.first_chunk()?)?)
}

/// The division that six ASCII digits were given to.
pub(crate) fn division_of(code: &str) -> Option<Division> {
    division(DivisionKey::of_digits(code.as_bytes().try_into().ok()?)?)
}

/// Whether six ASCII digits have been the code of a division.
pub(crate) fn is_division_of(code: &str) -> bool {
    code.as_bytes().try_into().is_ok_and(is_division)
}
