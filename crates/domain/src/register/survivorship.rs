//! Survivorship (存活规则, R1.12): which of several values stands in the view, and why.

use std::cmp::Ordering;

use crate::register::golden::Candidate;
use crate::register::{Attribute, Criterion};

/// Orders candidates of one attribute best first and notes why each loser lost to the winner.
///
/// The order is total: what no criterion tells apart, the later record decides, so the same
/// records always give the same view, in whatever order they came.
pub(super) fn rank(attribute: Option<&Attribute>, candidates: &mut [Candidate]) {
    let criteria = attribute.map_or(&[][..], |attribute| &attribute.survivorship);
    candidates.sort_by(|left, right| {
        criteria
            .iter()
            .map(|criterion| compare(*criterion, left, right))
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
            .then_with(|| left.observed_at.cmp(&right.observed_at))
            .then_with(|| left.record.cmp(&right.record))
            .reverse()
    });
    let Some((winner, losers)) = candidates.split_first_mut() else {
        return;
    };
    for loser in losers {
        loser.lost_because = criteria
            .iter()
            .copied()
            .find(|criterion| compare(*criterion, winner, loser).is_gt());
    }
}

fn compare(criterion: Criterion, left: &Candidate, right: &Candidate) -> Ordering {
    rulebook::compare(criterion, &facts_of(left), &facts_of(right))
}

fn facts_of(candidate: &Candidate) -> rulebook::Candidate<'_> {
    rulebook::Candidate {
        value: &candidate.value,
        valid: candidate.valid,
        trust: i64::from(candidate.trust),
        observed: candidate.observed_at,
        records: candidate.records as usize,
    }
}
