//! How likely a text is meant as a kind, in percent: an order more than a measured share.

use crate::finding::{Finding, Findings};
use crate::{
    BankCard, CardIssue, CardNetwork, HongKongMacaoPermit, Identifier, IdentifierKind,
    PassportSeries, PersonIdNumber, Refusal, ResidentIdForm, TaiwanPermit, TaxNumber,
    TaxNumberForm, known,
};

/// How much less a dummy is believed.
const DUMMY: u8 = 20;

/// How likely a well-formed identifier is meant as one.
pub(crate) fn of_valid(identifier: &Identifier, findings: &Findings, text: &str) -> u8 {
    let confidence = of_person(identifier, findings)
        .or_else(|| of_organisation(identifier, findings))
        .unwrap_or_else(|| of_thing(identifier, text));
    let is_dummy = findings.iter().any(|finding| finding == Finding::Dummy);
    u8::max(
        1,
        confidence.saturating_sub(if is_dummy { DUMMY } else { 0 }),
    )
}

/// Documents of persons.
fn of_person(identifier: &Identifier, findings: &Findings) -> Option<u8> {
    Some(match identifier {
        Identifier::ResidentId(number) => of_resident_id(number, findings),
        Identifier::ResidencePermit(_) => 99,
        Identifier::PermanentResidentCard(card) if card.is_old() => 90,
        Identifier::PermanentResidentCard(_) => 98,
        Identifier::HongKongMacaoPermit(permit) => of_hong_kong_macao_permit(permit),
        Identifier::TaiwanPermit(permit) => of_taiwan_permit(permit),
        Identifier::Passport(passport) => of_passport(passport.series()),
        Identifier::HouseholdRegister(_) => 5,
        Identifier::MilitaryId(card) if card.as_str().contains('第') => 95,
        Identifier::PoliceId(card) if card.is_armed_police() => 95,
        Identifier::MilitaryId(_) | Identifier::PoliceId(_) => 8,
        _ => return None,
    })
}

/// Numbers of organisations.
fn of_organisation(identifier: &Identifier, findings: &Findings) -> Option<u8> {
    Some(match identifier {
        Identifier::CreditCode(_) if findings.contains("inner_organisation_code") => 85,
        Identifier::CreditCode(_) | Identifier::Lei(_) => 98,
        Identifier::OrganisationCode(_) => 72,
        Identifier::RegistrationNumber(number) if known::is_division_of(number.authority()) => 80,
        Identifier::RegistrationNumber(_) => 35,
        Identifier::TaxNumber(number) => of_tax_number(number),
        _ => return None,
    })
}

/// Numbers of lines, cards, places and vehicles.
fn of_thing(identifier: &Identifier, text: &str) -> u8 {
    match identifier {
        Identifier::Mobile(number) if number.is_for_machines() => 70,
        Identifier::Mobile(_) if has_sign(text) => 99,
        Identifier::Mobile(_) => 92,
        Identifier::FixedLine(line) if line.area_code().is_none() => 60,
        Identifier::FixedLine(_) if has_sign(text) => 97,
        Identifier::FixedLine(_) => 85,
        Identifier::BankCard(card) => of_bank_card(card),
        Identifier::Postcode(_) => 50,
        Identifier::Plate(_) => 95,
        Identifier::Email(_) => 99,
        Identifier::DivisionCode(code) if code.as_str().len() > 6 => 76,
        // Few postcodes that end with two zeros are codes of a division too.
        Identifier::DivisionCode(code) if code.as_str().ends_with("00") => 62,
        Identifier::DivisionCode(_) => 56,
        _ => 1,
    }
}

fn of_resident_id(number: &PersonIdNumber, findings: &Findings) -> u8 {
    let unknown_division = findings.contains("division_never_known");
    match number.form() {
        _ if findings.contains("residence_permit") => 60,
        _ if findings.contains("permanent_resident_card") => 50,
        ResidentIdForm::Eighteen if unknown_division => 90,
        ResidentIdForm::Eighteen => 99,
        // One in thirty of all texts of 15 digits has a date where the birth stands.
        ResidentIdForm::Fifteen if unknown_division => 45,
        ResidentIdForm::Fifteen => 82,
    }
}

fn of_hong_kong_macao_permit(permit: &HongKongMacaoPermit) -> u8 {
    if permit.is_of_foreign_citizen() {
        60
    } else {
        85
    }
}

fn of_taiwan_permit(permit: &TaiwanPermit) -> u8 {
    match permit.as_str().len() {
        8 => 45,
        11 => 60,
        _ => 20,
    }
}

fn of_tax_number(number: &TaxNumber) -> u8 {
    match number.form() {
        TaxNumberForm::OrganisationCode => 80,
        TaxNumberForm::ResidentIdAndTwo => 70,
        TaxNumberForm::LegacyResidentIdAndTwo => 55,
        // The same text is better called what it is made of.
        _ => 30,
    }
}

fn of_passport(series: PassportSeries) -> u8 {
    match series {
        PassportSeries::ChineseOrdinary => 88,
        PassportSeries::ChineseOrdinaryOld => 75,
        PassportSeries::HongKong => 65,
        PassportSeries::Other => 10,
        _ => 80,
    }
}

fn of_bank_card(card: &BankCard) -> u8 {
    let issue = CardIssue::of(card.as_str());
    let issuer = match issue {
        Some(issue) if issue.card_length() == card.as_str().len() => 18,
        Some(_) => 15,
        None if card.network() == CardNetwork::UnionPay => 10,
        None => 0,
    };
    match card.as_str().len() {
        16 | 19 => 78 + issuer,
        14 | 15 | 17 | 18 => 50 + issuer,
        _ => 30,
    }
}

/// Whether a text is written as only telephone numbers are.
fn has_sign(text: &str) -> bool {
    text.contains(['+', '＋', '(', '（', '转'])
}

/// How likely a text that is not well-formed is meant as the kind.
pub(crate) fn of_refused(kind: IdentifierKind, refusal: &Refusal, text: &str) -> u8 {
    let code = refusal.code();
    let fails_check = code.contains("check") && code != "resident_id_check_character";
    match kind {
        IdentifierKind::ResidencePermit | IdentifierKind::PermanentResidentCard if fails_check => {
            49
        }
        IdentifierKind::ResidentId if fails_check => 48,
        IdentifierKind::Lei if fails_check => 46,
        IdentifierKind::CreditCode if fails_check => 44,
        IdentifierKind::BankCard if fails_check => 18,
        IdentifierKind::RegistrationNumber if fails_check => 12,
        IdentifierKind::OrganisationCode if fails_check => 9,
        IdentifierKind::ResidentId if code == "resident_id_check_character" => 40,
        IdentifierKind::ResidentId if code == "resident_id_birth_date" && has_century(text) => 46,
        IdentifierKind::ResidentId if code == "resident_id_birth_date" => 30,
        IdentifierKind::ResidentId
            if code == "resident_id_not_a_digit" && count_digits(text) >= 14 =>
        {
            28
        }
        IdentifierKind::CreditCode if code == "credit_code_character" && !is_loose(text) => 26,
        IdentifierKind::Mobile if code == "mobile_not_a_digit" && count_digits(text) >= 10 => 7,
        IdentifierKind::Email if text.contains(['@', '＠']) => 40,
        _ => 0,
    }
}

/// Whether a year of the last or this century begins where a resident number has one.
fn has_century(text: &str) -> bool {
    matches!(text.get(6..8), Some("19" | "20"))
}

fn count_digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// Whether a text has anything but letters, digits and blanks in it.
fn is_loose(text: &str) -> bool {
    !text
        .chars()
        .all(|found| found.is_alphanumeric() || found.is_whitespace())
}

#[cfg(test)]
mod tests {
    use crate::{IdentifierKind, detect};

    #[test]
    fn a_birth_date_that_does_not_exist_makes_no_credit_code() {
        let kind = |text| detect(text).best().map(|best| best.kind);
        assert_eq!(kind("11010519491131002X"), Some(IdentifierKind::ResidentId));
        assert_eq!(kind("91350100M000100Y44"), Some(IdentifierKind::CreditCode));
    }
}
