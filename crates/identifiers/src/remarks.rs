//! Which findings there are about an identifier.

use crate::finding::{Digits, Finding, Findings};
use crate::written::half_width;
use crate::{
    DivisionStatus, Identifier, InvalidOrganisationCode, MobileNumber, PassportSeries,
    PersonIdNumber, ResidentIdForm, TaxNumberForm, UnifiedSocialCreditCode, known,
};

/// Births before this year are remarkable: who was born then would be the oldest person alive.
const FAR_PAST: u16 = 1910;

/// The findings about a well-formed identifier.
pub(crate) fn of_identifier(identifier: &Identifier) -> Findings {
    let mut findings = Findings::default();
    let found = &mut findings;
    match identifier {
        Identifier::ResidentId(number) => of_resident_id(number, found),
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
        _ => {}
    }
    if is_dummy(identifier.normal()) {
        findings.add(Finding::Dummy);
    }
    findings
}

/// The findings about a text that is not well-formed.
pub(crate) fn of_refused(text: &str) -> Findings {
    let mut findings = Findings::default();
    if is_dummy(text) {
        findings.add(Finding::Dummy);
    }
    findings
}

fn of_resident_id(number: &PersonIdNumber, found: &mut Findings) {
    let resident = number.as_number();
    let born = resident.birth_date().year();
    if number.form() == ResidentIdForm::Fifteen {
        found.add(Finding::ExpiredDocument);
    }
    let characters = resident.as_str().as_bytes();
    match characters {
        [b'8', b'1'..=b'3', ..] => found.add(Finding::ResidencePermit),
        [b'9', ..] => found.add(Finding::PermanentResidentCard),
        [division @ .., _, _, _, _, _, _, _, _, _, _, _, _] => of_division(division, born, found),
        _ => {}
    }
    if let [.., b'9', b'9', ones @ b'6'..=b'9', _] = characters {
        found.add(Finding::CentenarianSequence(990 + u16::from(ones - b'0')));
    }
    if born < FAR_PAST {
        found.add(Finding::BirthDateFarPast(born));
    }
}

fn of_division(division: &[u8], born: u16, found: &mut Findings) {
    let Ok(code) = <[u8; 6]>::try_from(division) else {
        return;
    };
    match known::division_in(code, born) {
        None => found.add(Finding::DivisionNeverKnown(Digits::of(&code))),
        Some(DivisionStatus::Abolished { year }) => found.add(Finding::DivisionAbolished {
            division: Digits::of(&code),
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
    let digits = number.as_str().as_bytes();
    let segment = |length| Digits::of(digits.get(..length).unwrap_or_default());
    match known::segment(number.as_str()) {
        known::Segment::Virtual(length) => found.add(Finding::VirtualSegment(segment(length))),
        known::Segment::Machine(length) => found.add(Finding::MachineSegment(segment(length))),
        known::Segment::Unassigned(length) => {
            found.add(Finding::UnassignedSegment(segment(length)));
        }
        known::Segment::InUse => {}
    }
}

/// Whether a text consists of one digit over and over, or of digits that count up or down, but
/// for two steps: a prefix and a check digit may differ.
fn is_dummy(text: &str) -> bool {
    const FEWEST: usize = 6;
    const MISSES: usize = 2;
    let mut digits = 0_usize;
    let mut misses = [0_usize; 3];
    let mut before: Option<u8> = None;
    for character in text.chars().take(32) {
        let Some(digit) = half_width(character).to_digit(10) else {
            continue;
        };
        let digit = u8::try_from(digit).unwrap_or_default();
        digits += 1;
        if let Some(before) = before {
            // Counting goes on from 9 to 0 and back.
            let step = (digit + 10 - before) % 10;
            for (misses, expected) in misses.iter_mut().zip([0, 1, 9]) {
                *misses += usize::from(step != expected);
            }
            if misses.iter().all(|&count| count > MISSES) {
                return false;
            }
        }
        before = Some(digit);
    }
    digits >= FEWEST
        && misses
            .iter()
            .any(|&count| count <= MISSES && digits > count + 5)
}
