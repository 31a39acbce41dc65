//! Unified social credit codes and organisation codes: the one holds the other in its places 9 to 17.

use identifiers::{OrganisationCode, UnifiedSocialCreditCode};

use crate::hash;
use crate::level::Agreement;
use crate::word::Word;

/// The organisation code of a cell, and whether a check digit vouches for it.
#[derive(Clone, Copy, Default)]
pub(crate) struct CreditCode {
    /// The nine characters of the organisation code; of a text of another length the beginning.
    pub organisation: Word,
    is_vouched_for: bool,
}

impl CreditCode {
    /// The organisation code is what both forms share, so it is what two codes are told apart by.
    ///
    /// A code of eighteen characters for which nothing vouches stays a value of its own: it may be another
    /// organisation's with a slip in it.
    pub fn new(cell: &str, text: &mut String) -> (u64, Self) {
        super::compact(cell, text);
        let long = text.len() == 18 && text.is_ascii();
        let is_vouched_for = if long {
            text.parse::<UnifiedSocialCreditCode>().is_ok()
        } else {
            text.parse::<OrganisationCode>().is_ok()
        };
        let organisation = if long { &text[8..17] } else { text.as_str() };
        let hash = match super::hash_of(text) {
            0 => 0,
            _ if is_vouched_for => super::hash_of(organisation),
            whole => hash::both(whole, 1).max(1),
        };
        let organisation = Word::new(organisation.as_bytes());
        (
            hash,
            Self {
                organisation,
                is_vouched_for,
            },
        )
    }

    /// Whether a check digit vouches for the code.
    pub fn is_vouched_for(&self) -> bool {
        self.is_vouched_for
    }

    /// How two different codes agree. Between two that their check digits vouch for lies no slip.
    pub fn compare(&self, other: &Self) -> Agreement {
        if self.contradicts(other) {
            return Agreement::Different;
        }
        let length = self.organisation.len().min(other.organisation.len());
        match self.organisation.distance(other.organisation) {
            0 | 1 if length >= 5 => Agreement::Slip,
            2 if length >= 7 => Agreement::Change,
            _ => Agreement::Different,
        }
    }

    /// Whether two different codes cannot belong to one organisation: their check digits vouch for both.
    pub fn contradicts(&self, other: &Self) -> bool {
        self.is_vouched_for && other.is_vouched_for
    }
}

#[cfg(test)]
mod tests {
    use super::CreditCode;
    use crate::level::Agreement;

    fn read(code: &str) -> (u64, CreditCode) {
        CreditCode::new(code, &mut String::new())
    }

    #[test]
    fn a_credit_code_is_the_organisation_code_inside_it() {
        let credit = read("91350100M000100Y43");
        assert_eq!(credit.0, read("M000100Y4").0);
        assert_eq!(credit.0, read(" m000100y-4 ").0);
        assert_eq!(credit.0, read("９１３５０１００Ｍ０００１００Ｙ４３").0);
        assert_eq!(read("").0, 0);
    }

    #[test]
    fn two_codes_that_are_well_formed_contradict() {
        let (one, other) = (read("91350100M000100Y43").1, read("91110108551385082Q").1);
        assert!(one.contradicts(&other) && one.compare(&other) == Agreement::Different);
        assert!(one.contradicts(&read("551385082").1));
    }

    #[test]
    fn what_nothing_vouches_for_may_be_a_slip() {
        let meant = read("91350100M000100Y43");
        // A slip in the part for the place, and one in the organisation code itself.
        for slipped in [
            "91350200M000100Y43",
            "91350100M000110Y43",
            "91350100M00100Y43",
        ] {
            let slipped = read(slipped);
            assert_ne!(slipped.0, meant.0);
            assert!(!slipped.1.contradicts(&meant.1));
        }
        assert_eq!(
            meant.1.compare(&read("91350200M000100Y43").1),
            Agreement::Slip
        );
        assert_eq!(
            read("91350100M000110Y43").1.compare(&meant.1),
            Agreement::Slip
        );
        assert_eq!(
            read("91350100M011000Y43").1.compare(&meant.1),
            Agreement::Change
        );
        assert_eq!(meant.1.compare(&read("无").1), Agreement::Different);
    }
}
