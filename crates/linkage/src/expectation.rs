//! What is to be expected of pairs whose truth nobody knows: how many are matches, and how good a threshold is.

/// Pairs with the same evidence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighed {
    /// Evidence in bits, without the odds of two records drawn at random.
    pub evidence: f32,
    /// How many pairs it stands for.
    pub pairs: f64,
}

/// What a threshold is expected to give.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Threshold {
    /// Pairs with this many bits and more are linked.
    pub bits: f32,
    /// The share of links that are right.
    pub precision: f64,
    /// The share of matches, among those that meet, that are linked.
    pub recall: f64,
}

impl Threshold {
    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        if self.precision + self.recall == 0.0 {
            0.0
        } else {
            2.0 * self.precision * self.recall / (self.precision + self.recall)
        }
    }
}

/// The chance that a pair with these bits is a match.
pub fn chance(bits: impl Into<f64>) -> f64 {
    1.0 / (1.0 + (-bits.into()).exp2())
}

/// The odds, in bits, that two records drawn at random are one party: those under which the pairs expect as many
/// matches as the odds say.
pub(crate) fn prior_bits(pairs: &[Weighed], records: f64) -> f32 {
    let possible = (records * (records - 1.0) / 2.0).max(1.0);
    let mut matches = (records * 0.3).max(1.0);
    for _ in 0..12 {
        let odds = (matches / possible).log2();
        matches = pairs
            .iter()
            .map(|pair| pair.pairs * chance(f64::from(pair.evidence) + odds))
            .sum::<f64>()
            .max(0.5);
    }
    (matches / possible).log2() as f32
}

/// What each half bit is expected to give as a threshold, from -10 to 20.
pub(crate) fn curve(pairs: &[Weighed], prior_bits: f32) -> Vec<Threshold> {
    let mut sorted: Vec<(f32, f64)> = pairs
        .iter()
        .map(|pair| (pair.evidence + prior_bits, pair.pairs))
        .collect();
    sorted.sort_by(|left, right| right.0.total_cmp(&left.0));
    let all: f64 = sorted
        .iter()
        .map(|(bits, pairs)| pairs * chance(f64::from(*bits)))
        .sum();
    let mut points = Vec::new();
    let (mut linked, mut right, mut place) = (0.0, 0.0, 0);
    for step in 0..=60 {
        let bits = 20.0 - 0.5 * step as f32;
        while let Some((_, pairs)) = sorted.get(place).filter(|(own, _)| *own >= bits) {
            linked += pairs;
            right += pairs * chance(f64::from(sorted[place].0));
            place += 1;
        }
        let precision = if linked == 0.0 { 1.0 } else { right / linked };
        points.push(Threshold {
            bits,
            precision,
            recall: if all == 0.0 { 1.0 } else { right / all },
        });
    }
    points.reverse();
    points
}

/// The threshold that is expected to find the best balance: half of what the balance is, in odds.
///
/// A pair is worth linking as long as it is a match with half the chance of F1, which it then raises.
pub(crate) fn best_threshold(curve: &[Threshold]) -> f32 {
    let best = curve
        .iter()
        .map(Threshold::f1)
        .fold(0.0, f64::max)
        .min(0.999_999);
    let least = best / 2.0;
    let bits = (least / (1.0 - least)).max(f64::MIN_POSITIVE).log2();
    ((bits * 100.0).round() / 100.0) as f32
}
