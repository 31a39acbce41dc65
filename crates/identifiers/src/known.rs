//! What the generated tables say, asked in the words of this crate.

use crate::{Country, DivisionKey, DivisionStatus, division};

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

/// How the code of a division stands to a year; nothing when it was never given out.
pub(crate) fn division_in(code: [u8; 6], year: u16) -> Option<DivisionStatus> {
    let division = division(DivisionKey::of_digits(code)?)?;
    Some(division.status_in(year))
}

/// What a mobile segment is for; each with the number of digits that tell.
pub(crate) enum Segment {
    /// Given out to persons by an operator with a network of its own.
    InUse,
    /// Given out by operators without a network.
    Virtual(usize),
    /// For machines.
    Machine(usize),
    /// Not given out.
    Unassigned(usize),
}

/// What the segment of a mobile number is for.
pub(crate) fn segment(number: &str) -> Segment {
    let head = |length: usize| number.get(..length).unwrap_or_default();
    match (head(2), head(3)) {
        ("10", _) => Segment::Machine(5),
        (_, "140" | "141" | "144" | "146" | "148") => Segment::Machine(3),
        _ if number.len() == 13 => Segment::Machine(3),
        (_, "162" | "165" | "167" | "170" | "171") => Segment::Virtual(3),
        (_, "142" | "143" | "154" | "161" | "164" | "194") => Segment::Unassigned(3),
        _ => Segment::InUse,
    }
}

/// Whether six ASCII digits have been the code of a division.
pub(crate) fn is_division_of(code: &str) -> bool {
    code.as_bytes().try_into().is_ok_and(is_division)
}
