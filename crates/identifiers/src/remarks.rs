//! Which findings there are about an identifier.

use crate::finding::{Digits, Finding, Findings};
use crate::written::{Written, is_mark};
use crate::{
    AreaCode, Division, DivisionStatus, FixedLine, Identifier, InvalidOrganisationCode,
    MobileNumber, MobileSegment, MobileSegmentKind, PassportSeries, PersonIdNumber, ResidentIdForm,
    TaxNumberForm, UnifiedSocialCreditCode, plate_division, postcode_division,
};

/// Births before this year are remarkable: who was born then would be the oldest person alive.
const FAR_PAST: u16 = 1910;

/// The findings about a well-formed identifier.
pub(crate) fn of_identifier(identifier: &Identifier, division: Option<Division>) -> Findings {
    let mut findings = Findings::default();
    let found = &mut findings;
    match identifier {
        Identifier::ResidentId(number) => of_resident_id(number, division, found),
        Identifier::CreditCode(code) => of_credit_code(code, found),
        Identifier::TaxNumber(number) if number.form() != TaxNumberForm::CreditCode => {
            found.add(Finding::OldForm);
        }
        Identifier::HongKongMacaoPermit(permit) => {
            if permit.renewals().is_some() {
                found.add(Finding::OldForm);
            }
            found.add(Finding::ShapeOnly);
        }
        Identifier::TaiwanPermit(permit) => {
            if permit.is_old() {
                found.add(Finding::OldForm);
            }
            found.add(Finding::ShapeOnly);
        }
        Identifier::PermanentResidentCard(card) if card.is_old() => {
            found.add(Finding::OldForm);
        }
        Identifier::Passport(passport) => {
            if passport.series() == PassportSeries::ChineseOrdinaryOld {
                found.add(Finding::OldForm);
            }
            found.add(Finding::ShapeOnly);
        }
        Identifier::HouseholdRegister(_) | Identifier::MilitaryId(_) | Identifier::PoliceId(_) => {
            found.add(Finding::ShapeOnly);
        }
        Identifier::Mobile(number) => of_mobile(number, found),
        Identifier::FixedLine(line) => of_fixed_line(line, found),
        Identifier::Postcode(postcode) if postcode_division(postcode.as_str()).is_none() => {
            found.add(Finding::PlaceUnknown);
        }
        Identifier::Plate(plate)
            if plate.office().is_some() && plate_division(plate.as_str()).is_none() =>
        {
            found.add(Finding::PlaceUnknown);
        }
        _ => {}
    }
    if may_be_dummy(identifier) && is_dummy(characters(identifier)) {
        findings.add(Finding::Dummy);
    }
    findings
}

fn characters(identifier: &Identifier) -> &[u8] {
    match identifier {
        Identifier::CreditCode(code) => code.characters(),
        Identifier::BankCard(card) => card.characters(),
        _ => identifier.normal().as_bytes(),
    }
}

/// A number of 18 with a birth date in it cannot be one digit over and over.
fn may_be_dummy(identifier: &Identifier) -> bool {
    !matches!(identifier, Identifier::ResidentId(number) if number.form() == ResidentIdForm::Eighteen)
}

/// The findings about a text that is not well-formed.
pub(crate) fn of_refused(text: &str) -> Findings {
    const LONGEST: usize = 32;
    let mut findings = Findings::default();
    let is_dummy = if text.len() <= LONGEST && text.is_ascii() {
        // Digits alone count, so nothing need be left out first.
        is_dummy(text.as_bytes())
    } else {
        is_dummy(Written::<LONGEST>::read(text, is_mark).characters())
    };
    if is_dummy {
        findings.add(Finding::Dummy);
    }
    findings
}

fn of_resident_id(number: &PersonIdNumber, division: Option<Division>, found: &mut Findings) {
    let resident = number.as_number();
    let born = resident.birth_date().year();
    if number.form() == ResidentIdForm::Fifteen {
        found.add(Finding::ExpiredDocument);
    }
    let characters = resident.characters();
    match characters {
        [b'8', b'1'..=b'3', ..] => found.add(Finding::ResidencePermit),
        [b'9', ..] => found.add(Finding::PermanentResidentCard),
        [code @ .., _, _, _, _, _, _, _, _, _, _, _, _] => of_division(code, division, born, found),
        _ => {}
    }
    if let [.., b'9', b'9', ones @ b'6'..=b'9', _] = characters {
        found.add(Finding::CentenarianSequence(990 + u16::from(ones - b'0')));
    }
    if born < FAR_PAST {
        found.add(Finding::BirthDateFarPast(born));
    }
}

fn of_division(code: &[u8], division: Option<Division>, born: u16, found: &mut Findings) {
    match division.map(|division| division.status_in(born)) {
        None => found.add(Finding::DivisionNeverKnown(Digits::of(code))),
        Some(DivisionStatus::Abolished { year }) => found.add(Finding::DivisionAbolished {
            division: Digits::of(code),
            abolished: year,
            born,
        }),
        Some(DivisionStatus::InForce | DivisionStatus::NotYet { .. }) => {}
    }
}

fn of_credit_code(code: &UnifiedSocialCreditCode, found: &mut Findings) {
    if let Err(InvalidOrganisationCode::CheckCharacter {
        found: given,
        expected,
    }) = code.organisation_code()
    {
        found.add(Finding::InnerOrganisationCode {
            found: given,
            expected,
        });
    }
}

fn of_mobile(number: &MobileNumber, found: &mut Findings) {
    let digits = Digits::of(&number.as_str().as_bytes()[..4]);
    match MobileSegment::of(number.as_str()).map(|segment| segment.kind) {
        Some(MobileSegmentKind::Virtual) => found.add(Finding::VirtualSegment(digits)),
        Some(MobileSegmentKind::Machines) => found.add(Finding::MachineSegment(digits)),
        Some(MobileSegmentKind::Satellite) => found.add(Finding::SatelliteSegment(digits)),
        Some(MobileSegmentKind::Unassigned) | None => {
            found.add(Finding::UnassignedSegment(digits));
        }
        Some(MobileSegmentKind::Ordinary) => {}
    }
}

fn of_fixed_line(line: &FixedLine, found: &mut Findings) {
    let Some(code) = line.area_code() else {
        return;
    };
    let digits = Digits::of(code.as_bytes());
    match AreaCode::of(code) {
        None => found.add(Finding::AreaCodeUnknown(digits)),
        Some(area) if !area.is_in_use() => found.add(Finding::AreaCodeAbolished(digits)),
        Some(area) if line.number().len() == 7 && !area.has_seven_digits() => {
            found.add(Finding::OldForm);
        }
        Some(_) => {}
    }
}

/// Whether a text consists of one digit over and over, or of digits that count up or down, but
/// for two steps: a prefix and a check digit may differ.
fn is_dummy(text: &[u8]) -> bool {
    const FEWEST: u32 = 6;
    const MOST_MISSES: u32 = 2;
    let (mut digits, mut before) = (0, 0);
    let (mut not_same, mut not_up, mut not_down) = (0, 0, 0);
    for &digit in text.iter().filter(|found| found.is_ascii_digit()) {
        if digits > 0 {
            // Counting goes on from 9 to 0 and back.
            not_same += u32::from(digit != before);
            not_up += u32::from(digit != before + 1 && (before, digit) != (b'9', b'0'));
            not_down += u32::from(digit + 1 != before && (before, digit) != (b'0', b'9'));
            if not_same.min(not_up).min(not_down) > MOST_MISSES {
                return false;
            }
        }
        digits += 1;
        before = digit;
    }
    let misses = not_same.min(not_up).min(not_down);
    digits >= FEWEST && digits > misses + FEWEST - 1
}
