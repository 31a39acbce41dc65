//! A first look at a text, which tells most kinds from each other before any is checked.

use crate::IdentifierKind;
use crate::written::{Written, is_mark};

/// Longer than any kind but e-mail addresses, fixed lines and military cards with much around them.
const LONGEST: usize = 32;

/// What a text looks like, blanks, hyphens and dots left out.
pub(crate) struct Look {
    characters: [u8; LONGEST],
    length: usize,
    digits: usize,
    /// Whether all characters are letters and digits of ASCII.
    plain: bool,
    has_at: bool,
}

impl Look {
    /// Looks at a text.
    pub(crate) fn at(text: &str) -> Self {
        let written = Written::<LONGEST>::read(text, is_mark);
        let length = written.length();
        let is_ascii = written.foreign().is_none() && length <= LONGEST;
        let shown = written.characters();
        let digits = shown.iter().filter(|found| found.is_ascii_digit()).count();
        Self {
            length,
            digits,
            plain: is_ascii && shown.iter().all(u8::is_ascii_alphanumeric),
            has_at: shown.contains(&b'@') || length > LONGEST && text.contains(['@', '＠']),
            characters: written.into_characters(),
        }
    }

    /// Whether the text can be a candidate for a kind at all.
    pub(crate) fn allows(&self, kind: IdentifierKind) -> bool {
        let length = self.length;
        let first = self.characters[0];
        let all_digits = self.plain && self.digits == length;
        match kind {
            IdentifierKind::ResidentId => matches!(length, 15 | 18) && self.digits >= 13,
            IdentifierKind::CreditCode => length == 18,
            IdentifierKind::OrganisationCode => self.plain && length == 9,
            IdentifierKind::RegistrationNumber => all_digits && length == 15,
            IdentifierKind::TaxNumber => self.plain && matches!(length, 15 | 17 | 18 | 20),
            IdentifierKind::HongKongMacaoPermit => {
                self.plain && matches!(length, 9 | 11) && matches!(first, b'H' | b'M')
            }
            IdentifierKind::TaiwanPermit => (8..=13).contains(&length) && self.digits >= 8,
            IdentifierKind::ResidencePermit => self.plain && length == 18 && first == b'8',
            IdentifierKind::PermanentResidentCard => {
                let is_new = length == 18 && first == b'9';
                self.plain && (is_new || length == 15 && first.is_ascii_uppercase())
            }
            IdentifierKind::Passport => self.plain && self.digits > 0 && (5..=15).contains(&length),
            IdentifierKind::HouseholdRegister => {
                self.plain && self.digits > 0 && (6..=18).contains(&length)
            }
            IdentifierKind::MilitaryId | IdentifierKind::PoliceId => {
                !self.plain || all_digits && (6..=10).contains(&length)
            }
            IdentifierKind::Mobile => self.digits >= 10,
            IdentifierKind::FixedLine => self.digits >= 10 && !(self.plain && length == 18),
            IdentifierKind::BankCard => all_digits && (12..=19).contains(&length),
            IdentifierKind::Postcode => all_digits && length == 6,
            IdentifierKind::Plate => (6..=9).contains(&length) && !(all_digits && self.plain),
            IdentifierKind::Lei => self.plain && length == 20,
            IdentifierKind::Email => self.has_at,
            IdentifierKind::DivisionCode => all_digits && matches!(length, 6 | 9 | 12),
        }
    }
}
