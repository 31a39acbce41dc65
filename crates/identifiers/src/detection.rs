//! Which kind an unknown text is of, with how much confidence.

use std::cmp::Reverse;

use crate::confidence::{of_refused, of_valid};
use crate::look::Look;
use crate::{Checked, IdentifierKind, check};

/// No text longer than this, in bytes, is looked at: an e-mail address is the longest kind.
const LONGEST: usize = 1024;

/// A kind that a text may be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The kind.
    pub kind: IdentifierKind,
    /// How likely it is meant, 1 to 99 percent: an order more than a measured share.
    pub confidence: u8,
    /// Whether the text is a well-formed identifier of the kind.
    pub valid: bool,
}

/// The kinds that a text may be of, the likeliest first.
#[derive(Debug, Clone, Copy)]
pub struct Candidates {
    candidates: [Option<Candidate>; IdentifierKind::ALL.len()],
}

impl Candidates {
    /// Each candidate, the likeliest first; among equals in the order of the kinds.
    pub fn iter(&self) -> impl Iterator<Item = Candidate> + '_ {
        self.candidates.iter().flatten().copied()
    }

    /// The likeliest.
    pub fn best(&self) -> Option<Candidate> {
        self.candidates[0]
    }
}

/// The kinds that a text may be of, the likeliest first; none when it resembles no identifier.
///
/// What has a check digit that holds, a birth date that exists and a division that is known
/// comes before what only has the right length. A text that is of no kind, but nearly of one, is a
/// candidate for it with little confidence, so that the refusal of that kind can be told.
///
/// ```
/// use identifiers::{IdentifierKind, detect};
///
/// let kind = |text| detect(text).best().map(|best| best.kind);
/// assert_eq!(kind("11010519491231002X"), Some(IdentifierKind::ResidentId));
/// assert_eq!(kind("91350100M000100Y43"), Some(IdentifierKind::CreditCode));
/// assert_eq!(kind("+86 138 0013 8000"), Some(IdentifierKind::Mobile));
/// assert_eq!(kind("110105194912310021"), Some(IdentifierKind::ResidentId));
/// assert_eq!(kind("张三"), None);
/// ```
pub fn detect(text: &str) -> Candidates {
    let mut candidates = [None; IdentifierKind::ALL.len()];
    if text.len() <= LONGEST {
        let look = Look::at(text);
        for (place, kind) in candidates.iter_mut().zip(IdentifierKind::ALL) {
            if look.allows(kind) {
                *place = candidate(&check(kind, text), text);
            }
        }
    }
    candidates.sort_by_key(|candidate| Reverse(candidate.map_or(0, |found| found.confidence)));
    Candidates { candidates }
}

/// Checks a text as the likeliest of its kinds; nothing when it resembles no identifier.
///
/// The same as [`detect`] and [`check`] for the best candidate, without looking at the other kinds
/// where the text holds the check of a resident identity number or of a credit code, or is a plain
/// mobile number.
///
/// ```
/// use identifiers::{IdentifierKind, identify};
///
/// let checked = identify("91350100M000100Y43").unwrap();
/// assert_eq!((checked.kind, checked.is_valid()), (IdentifierKind::CreditCode, true));
/// assert!(identify("张三").is_none());
/// ```
pub fn identify(text: &str) -> Option<Checked> {
    let likeliest = match text.as_bytes() {
        [b'1'..=b'7', rest @ ..] if rest.len() == 17 => Some(IdentifierKind::ResidentId),
        [b'9' | b'A' | b'N' | b'Y', rest @ ..] if rest.len() == 17 => {
            Some(IdentifierKind::CreditCode)
        }
        [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 => Some(IdentifierKind::Mobile),
        _ => None,
    };
    if let Some(kind) = likeliest {
        let checked = check(kind, text);
        let sure = candidate(&checked, text).is_some_and(|found| found.confidence >= SURE);
        if sure {
            return Some(checked);
        }
    }
    detect(text).best().map(|best| check(best.kind, text))
}

/// A confidence above which the kinds that [`identify`] tries first have no rival.
const SURE: u8 = 92;

fn candidate(checked: &Checked, text: &str) -> Option<Candidate> {
    let confidence = match &checked.outcome {
        Ok(identifier) => of_valid(identifier, &checked.findings, text),
        Err(refusal) => of_refused(checked.kind, refusal, text),
    };
    (confidence > 0).then_some(Candidate {
        kind: checked.kind,
        confidence,
        valid: checked.is_valid(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn kinds(text: &str) -> String {
        let candidates = detect(text);
        let shown = candidates.iter().map(|found| {
            format!(
                "{} {}{}",
                found.kind,
                found.confidence,
                if found.valid { "" } else { "?" }
            )
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_holds_its_check_comes_before_what_only_has_the_length() {
        assert_snapshot!(kinds("11010519491231002X"), @"resident-id 99, credit-code 44?, tax-number 30, household-register 5");
        assert_snapshot!(kinds("91350100M000100Y43"), @"credit-code 98, tax-number 30, resident-id 28?, household-register 5");
        assert_snapshot!(kinds("830000198802110027"), @"residence-permit 99, resident-id 60, credit-code 44?, tax-number 30, bank-card 18?, household-register 5");
        assert_snapshot!(kinds("110105491231002"), @"resident-id 82, registration-number 80, tax-number 30, bank-card 18?, passport 10, household-register 5");
        assert_snapshot!(kinds("110108000000016"), @"registration-number 80, bank-card 50, resident-id 30?, passport 10, household-register 5");
        assert_snapshot!(kinds("D2143569-X"), @"organisation-code 72, passport 10, household-register 5");
        assert_snapshot!(kinds("E12345678"), @"passport 68, organisation-code 9?, household-register 1");
        assert_snapshot!(kinds("H12345678"), @"hong-kong-macao-permit 65, passport 45, organisation-code 9?, household-register 1");
        assert_snapshot!(kinds("13800138000"), @"mobile 92, passport 10, household-register 5");
        assert_snapshot!(kinds("+86 (10) 6552 9988"), @"fixed-line 97");
        assert_snapshot!(kinds("6222021234567890128"), @"bank-card 96");
        assert_snapshot!(kinds("100871"), @"postcode 50, passport 10, military-id 8, police-id 8, household-register 5");
        assert_snapshot!(kinds("110108"), @"division-code 56, postcode 50, passport 10, military-id 8, police-id 8, household-register 5");
        assert_snapshot!(kinds("京A12345"), @"plate 95");
        assert_snapshot!(kinds("军字第1234567号"), @"military-id 75");
        assert_snapshot!(kinds("a@b.cn"), @"email 99");
    }

    #[test]
    fn what_is_nearly_of_a_kind_is_told_why_not() {
        assert_snapshot!(kinds("110105194912310021"), @"resident-id 48?, credit-code 44?, bank-card 18?, household-register 5");
        assert_snapshot!(kinds("1101O519491231002X"), @"resident-id 28?, credit-code 26?, household-register 5");
        assert_snapshot!(kinds("91350100M000100Y44"), @"credit-code 44?, resident-id 28?, household-register 5");
        assert_snapshot!(kinds("张三"), @"");
        assert_snapshot!(kinds(""), @"");
    }

    proptest! {
        #[test]
        fn the_first_look_leaves_out_no_candidate(
            text in any::<String>(),
            near in "[0-9]{5,20}|[0-9A-Z]{5,21}|[0-9A-Z 第字号京警@.+()０-９-]{4,24}|军字第[0-9]{4,10}号?|1[3-9][0-9]{9}",
        ) {
            for text in [text, near] {
                let look = Look::at(&text);
                for kind in IdentifierKind::ALL {
                    let found = candidate(&check(kind, &text), &text);
                    prop_assert!(look.allows(kind) || found.is_none(), "{kind} {text}");
                }
                let identified = identify(&text).map(|checked| checked.kind);
                prop_assert_eq!(identified, detect(&text).best().map(|best| best.kind), "{}", text);
            }
        }
    }
}
