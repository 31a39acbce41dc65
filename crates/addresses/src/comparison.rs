//! Two addresses held against each other, part by part, with a reason for each.

use std::fmt;

use crate::address::{Address, ORDER, Part};
use crate::completion::superior;
use crate::spelling::Spelling;

/// What two addresses say of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Neither names it.
    Unknown,
    /// The same text, or the same number in another writing.
    Same,
    /// The same division, by its code: in full and in short, old name and new.
    SameDivision,
    /// One name holds the other, or they share most of their characters; the degree is out of 1000.
    Alike {
        /// Out of 1000, less than 1000.
        degree: u16,
    },
    /// Only one of them names it.
    OneSided,
    /// They name different ones.
    Different,
}

impl Agreement {
    /// A code that never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "address_unknown",
            Self::Same => "address_same",
            Self::SameDivision => "address_same_division",
            Self::Alike { .. } => "address_alike",
            Self::OneSided => "address_one_sided",
            Self::Different => "address_different",
        }
    }

    /// How much it counts for the same address, out of 1000; nothing where it does not count.
    fn degree(self) -> Option<u32> {
        match self {
            Self::Unknown | Self::OneSided => None,
            Self::Same | Self::SameDivision => Some(1_000),
            Self::Alike { degree } => Some(u32::from(degree)),
            Self::Different => Some(0),
        }
    }
}

/// Why a part counts as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The part.
    pub part: Part,
    /// What both say of it.
    pub agreement: Agreement,
}

impl Reason {
    /// A code that never changes.
    pub fn code(self) -> &'static str {
        self.agreement.code()
    }

    /// The reason in Chinese.
    pub fn zh(self) -> String {
        let part = self.part.zh();
        match self.agreement {
            Agreement::Unknown => format!("双方均未写{part}"),
            Agreement::Same => format!("{part}相同"),
            Agreement::SameDivision => format!("{part}为同一区划"),
            Agreement::Alike { degree } => format!("{part}相近（{degree}‰）"),
            Agreement::OneSided => format!("仅一方写有{part}"),
            Agreement::Different => format!("{part}不同"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = self.part;
        match self.agreement {
            Agreement::Unknown => write!(f, "neither names the {part}"),
            Agreement::Same => write!(f, "the {part} is the same"),
            Agreement::SameDivision => write!(f, "the {part} is the same division"),
            Agreement::Alike { degree } => write!(f, "the {part} is alike ({degree} of 1000)"),
            Agreement::OneSided => write!(f, "only one names the {part}"),
            Agreement::Different => write!(f, "the {part} differs"),
        }
    }
}

/// What came of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    score: u16,
    agreements: [Agreement; ORDER.len()],
}

impl Comparison {
    /// 0 (nothing speaks for the same place) to 1000 (all that both say is the same).
    pub fn permille(&self) -> u16 {
        self.score
    }

    /// The score from 0 to 1.
    pub fn score(&self) -> f64 {
        f64::from(self.score) / 1_000.0
    }

    /// Every part with what both say of it, from the province down.
    pub fn reasons(&self) -> impl Iterator<Item = Reason> + '_ {
        let parts = ORDER.iter().zip(&self.agreements);
        parts.map(|(part, agreement)| Reason {
            part: *part,
            agreement: *agreement,
        })
    }

    /// What both say of one part.
    pub fn agreement(&self, part: Part) -> Agreement {
        let found = self.reasons().find(|reason| reason.part == part);
        found.map_or(Agreement::Unknown, |reason| reason.agreement)
    }
}

/// How much a part counts where both name it, and what remains of the score out of 1000 where they differ in it.
fn weight(part: Part) -> (u32, u32) {
    match part {
        Part::Province => (2, 50),
        Part::City => (3, 100),
        Part::District => (5, 250),
        Part::Town => (5, 600),
        Part::Community => (8, 500),
        Part::Road => (12, 350),
        Part::Number | Part::Estate | Part::Poi => (12, 500),
        Part::Building => (10, 450),
        Part::Unit => (6, 600),
        Part::Floor => (4, 600),
        Part::Room => (12, 400),
        Part::Zone | Part::Repeated | Part::Remainder => (0, 1_000),
    }
}

/// Compares two addresses. The order of the two does not matter, and an address is wholly the same as itself.
///
/// The score is the weighted mean of what both name, lowered for each part in which they differ: where the district
/// differs, the same house number says little. A part that only one names counts for nothing.
pub fn compare(left: &Address<'_>, right: &Address<'_>) -> Comparison {
    let mut agreements = [Agreement::Unknown; ORDER.len()];
    for (slot, part) in agreements.iter_mut().zip(ORDER) {
        *slot = match part {
            Part::Province | Part::City | Part::District | Part::Town => {
                division(left, right, part)
            }
            Part::Number | Part::Building | Part::Unit | Part::Floor | Part::Room => {
                number(left, right, part)
            }
            _ => name(left.get(part), right.get(part)),
        };
    }
    place_names(left, right, &mut agreements);
    let score = score(
        &agreements,
        Spelling::of_name(left.text()) == Spelling::of_name(right.text()),
    );
    Comparison { score, agreements }
}

fn score(agreements: &[Agreement; ORDER.len()], same_text: bool) -> u16 {
    let (mut sum, mut weights, mut remains) = (0_u32, 0_u32, 1_000_u32);
    for (part, agreement) in ORDER.iter().zip(agreements) {
        let (weight, left_over) = weight(*part);
        if let Some(degree) = agreement.degree() {
            sum += weight * degree;
            weights += weight;
        }
        if *agreement == Agreement::Different {
            remains = remains * left_over / 1_000;
        }
    }
    let mean = match sum.checked_div(weights) {
        Some(mean) => mean,
        None if same_text => 1_000,
        None => 0,
    };
    u16::try_from(mean * remains / 1_000).unwrap_or(1_000)
}

/// Divisions: the same place, however it is written.
fn division(left: &Address<'_>, right: &Address<'_>, part: Part) -> Agreement {
    let level = match part {
        Part::Province => 1,
        Part::City => 2,
        Part::District => 3,
        _ => 4,
    };
    let place = |address: &Address<'_>| superior(address.place?, level);
    match (place(left), place(right)) {
        (Some(one), Some(other)) if one.code() == other.code() => {
            if left.get(part) == right.get(part) {
                Agreement::Same
            } else {
                Agreement::SameDivision
            }
        }
        (Some(_), Some(_)) => Agreement::Different,
        (Some(known), None) => known_and_written(known.name(), right.get(part)),
        (None, Some(known)) => known_and_written(known.name(), left.get(part)),
        (None, None) => name(left.get(part), right.get(part)),
    }
}

/// A certain division against what was written and could not be placed.
fn known_and_written(known: &str, written: &str) -> Agreement {
    if written.is_empty() {
        return Agreement::OneSided;
    }
    if known.starts_with(written) || written.starts_with(known) {
        return Agreement::SameDivision;
    }
    name(known, written)
}

fn number(left: &Address<'_>, right: &Address<'_>, part: Part) -> Agreement {
    let (one, other) = (left.get(part), right.get(part));
    match (one.is_empty(), other.is_empty()) {
        (true, true) => return Agreement::Unknown,
        (false, false) => {}
        _ => return Agreement::OneSided,
    }
    let same = Spelling::of_number(one) == Spelling::of_number(other);
    if one == other || same {
        Agreement::Same
    } else {
        Agreement::Different
    }
}

fn name(one: &str, other: &str) -> Agreement {
    match (one.is_empty(), other.is_empty()) {
        (true, true) => return Agreement::Unknown,
        (false, false) => {}
        _ => return Agreement::OneSided,
    }
    let (left, right) = (Spelling::of_name(one), Spelling::of_name(other));
    if one == other || (left == right && !left.is_empty()) {
        return Agreement::Same;
    }
    let degree = left.likeness(&right);
    if left.holds(&right) {
        return Agreement::Alike {
            degree: degree.clamp(850, 950),
        };
    }
    if degree >= 500 {
        Agreement::Alike {
            degree: degree.min(950),
        }
    } else {
        Agreement::Different
    }
}

/// An estate of one address may be the named point of the other.
fn place_names(left: &Address<'_>, right: &Address<'_>, agreements: &mut [Agreement; ORDER.len()]) {
    let place = |part: Part| ORDER.iter().position(|known| *known == part);
    let (Some(estate), Some(poi)) = (place(Part::Estate), place(Part::Poi)) else {
        return;
    };
    let crossed = match (left.estate(), left.poi(), right.estate(), right.poi()) {
        (one, "", "", other) | ("", one, other, "") if !one.is_empty() && !other.is_empty() => {
            name(one, other)
        }
        _ => return,
    };
    if let Some(slot) = agreements.get_mut(estate) {
        *slot = crossed;
    }
    if let Some(slot) = agreements.get_mut(poi) {
        *slot = Agreement::Unknown;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn compared(left: &str, right: &str) -> String {
        let comparison = compare(&parse(left), &parse(right));
        let told = comparison
            .reasons()
            .filter(|reason| reason.agreement != Agreement::Unknown);
        let reasons: Vec<String> = told.map(|reason| reason.to_string()).collect();
        format!("{}: {}", comparison.permille(), reasons.join("; "))
    }

    #[test]
    fn the_same_place_is_recognised_in_another_writing() {
        assert_snapshot!(compared("浙江省杭州市西湖区文三路１２號3幢2单元501室", "杭州西湖文三路十二号3栋2-501"), @"1000: the province is the same division; the city is the same division; the district is the same division; the road is the same; the number is the same; the building is the same; the unit is the same; the room is the same");
        assert_snapshot!(compared("湖北省襄樊市樊城区人民路5号", "襄阳市樊城区人民路5号"), @"1000: the province is the same division; the city is the same division; the district is the same; the road is the same; the number is the same");
    }

    #[test]
    fn another_district_or_room_lowers_the_score() {
        assert_snapshot!(compared("南京市鼓楼区中山路5号", "徐州市鼓楼区中山路5号"), @"19: the province is the same; the city differs; the district differs; the road is the same; the number is the same");
        assert_snapshot!(compared("西湖区翠苑新村3幢501室", "西湖区翠苑新村3幢502室"), @"276: the district is the same; the estate is the same; the building is the same; the room differs");
    }

    #[test]
    fn reasons_speak_both_languages() {
        let comparison = compare(&parse("杭州市西湖区文三路1号"), &parse("杭州市文三西路1号"));
        let all: Vec<String> = comparison
            .reasons()
            .filter(|reason| reason.agreement != Agreement::Unknown)
            .map(|reason| format!("{} {}", reason.code(), reason.zh()))
            .collect();
        assert_snapshot!(all.join("; "), @"address_same 省相同; address_same 市相同; address_one_sided 仅一方写有区县; address_different 街路巷不同; address_same 门牌号相同");
    }

    proptest! {
        #[test]
        fn comparing_is_symmetric_and_an_address_is_itself(
            left in "[浙江省杭州市西湖区鼓楼文三路号幢室0-9]{0,30}", right in "[浙江省杭州市西湖区鼓楼文三路号幢室0-9]{0,30}",
        ) {
            let (one, other) = (parse(&left), parse(&right));
            prop_assert_eq!(compare(&one, &other), compare(&other, &one));
            prop_assert_eq!(compare(&one, &one).permille(), 1_000);
        }
    }
}
