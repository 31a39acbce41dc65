//! What two names share and what each has alone, and the score that follows.
//!
//! Everything is counted in words of a name's own: such a word is 1, a word of a trade less, a legal form almost
//! nothing. What both have alone contradicts; what one alone has more than the other is only missing.

use crate::Reasons;

/// What one side alone has counts this much of what contradicts.
const MISSING: f64 = 0.42;

/// What is left of the agreement of two names of different regions, whatever else they share.
pub(super) const OTHER_REGION: f64 = 0.65;

/// What is left where the numbers in two names differ.
pub(super) const OTHER_NUMBER: f64 = 0.55;

/// What is left where one has a number that the other lacks.
pub(super) const MISSING_NUMBER: f64 = 0.8;

/// How much two names share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    pub shared: f64,
    /// What each of the two has alone.
    pub alone: [f64; 2],
    /// Factors of what does not belong to the trade name: legal form, branch.
    pub factor: f64,
    pub reasons: Reasons,
}

impl Evidence {
    /// From 0 to 1.
    pub fn score(&self) -> f64 {
        let [left, right] = self.alone;
        let contradicting = left.min(right);
        let missing = (left - right).abs();
        let against = 2.0 * contradicting + MISSING * missing;
        if self.shared <= 0.0 {
            return 0.0;
        }
        self.factor * self.shared / (self.shared + against)
    }

    pub fn with(mut self, reason: crate::Reason) -> Self {
        self.reasons = self.reasons.with(reason);
        self
    }
}
