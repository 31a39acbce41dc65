//! What a division says of those who asked: why each is where it is, and what a person must look at.

use std::collections::{HashMap, HashSet};

use domain::resolution::{Family, Hold, MembershipReason, StrongKeyKind};
use linkage::{Edge, Verdict};

use crate::resolution::linkage::gather::Neighbourhood;

/// What is worth telling of a division.
#[derive(Debug, Default)]
pub struct Findings {
    /// Pairs that a person must look at.
    pub holds: Vec<Hold>,
    /// The number that names one party in this family.
    number: Option<StrongKeyKind>,
    /// Places of rows that share such a number with another of their party.
    certain: HashSet<usize>,
    /// Places of rows that resemble somebody else, and the gravest reason.
    resembling: HashMap<usize, MembershipReason>,
}

impl Neighbourhood {
    /// What is worth telling of those who asked.
    pub fn findings(&self) -> Findings {
        let number = number_of(self.family);
        let mut findings = Findings {
            number: Some(number),
            ..Findings::default()
        };
        let review_bits = self.model.linker.model().review_bits;
        for edge in &self.edges {
            let places = [edge.left as usize, edge.right as usize];
            if self.parties[places[0]] == self.parties[places[1]] {
                if edge.verdict == Verdict::Certain {
                    findings.certain.extend(places);
                }
                continue;
            }
            let asks = places.iter().any(|place| *place < self.asked);
            let numbered = self.numbered.contains(&(edge.left, edge.right));
            if asks && (numbered || is_worth_a_look(edge, review_bits)) {
                let reason = if numbered {
                    MembershipReason::Held(number)
                } else {
                    MembershipReason::Similar
                };
                findings.hold(self, edge, reason);
            }
        }
        findings
    }
}

/// The number that names one party in a family.
pub(super) fn number_of(family: Family) -> StrongKeyKind {
    match family {
        Family::Person => StrongKeyKind::ResidentId,
        Family::Organisation => StrongKeyKind::OrganisationCode,
    }
}

/// Whether enough speaks for a pair that machine did not link.
pub(super) fn is_worth_a_look(edge: &Edge, review_bits: f32) -> bool {
    match edge.verdict {
        Verdict::Evidence | Verdict::Held => edge.bits >= review_bits,
        Verdict::Joined | Verdict::Certain | Verdict::Apart => false,
    }
}

impl Findings {
    fn hold(&mut self, found: &Neighbourhood, edge: &Edge, reason: MembershipReason) {
        let (left, right) = (edge.left as usize, edge.right as usize);
        for place in [left, right] {
            let known = self.resembling.entry(place).or_insert(reason);
            // That a number has two names is the graver finding.
            if matches!(reason, MembershipReason::Held(_)) {
                *known = reason;
            }
        }
        self.holds.push(Hold {
            asking: found.rows[left].series,
            other: found.rows[right].series,
            reason,
            bits: edge.bits,
        });
    }

    /// Why the row at a place belongs to its customer, to which so many others came before it or with it.
    pub fn reason(&self, place: usize, joins: bool, others: usize) -> MembershipReason {
        let graver = self.resembling.get(&place).copied();
        match (joins, self.number, graver) {
            (true, Some(number), _) if self.certain.contains(&place) => {
                MembershipReason::SameKey(number)
            }
            (true, ..) => MembershipReason::Evidence,
            (false, _, Some(reason)) if others == 0 => reason,
            (false, ..) => MembershipReason::First,
        }
    }

    /// Why the customers of rows at these places are one.
    pub fn joined(&self, places: &[usize]) -> MembershipReason {
        if places.iter().any(|place| self.certain.contains(place)) {
            MembershipReason::JoinedByKey
        } else {
            MembershipReason::JoinedByEvidence
        }
    }
}
