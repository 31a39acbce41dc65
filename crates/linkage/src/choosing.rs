//! Which rules bring records together: those that find most matches for the pairs they cost.

use crate::expectation::{Weighed, chance};
use crate::sampling::Sample;
use crate::scoring::Weights;

/// Matches that a rule must add, as a share of those found before it.
const LEAST_GAIN: f64 = 1e-4;
/// Matches that a rule must add for each unit of its cost in a big book; in a small one nobody waits for it.
const LEAST_YIELD: f64 = 1e-3;
const BIG_BOOK: f64 = 100_000.0;
/// What making the keys of a record costs beside comparing a pair.
const COST_OF_KEYS: f64 = 0.2;

/// The rules chosen, and the pairs that each brings together and none before it.
pub(crate) struct Choice<'a> {
    pub samples: Vec<&'a Sample<'a>>,
    pub pairs: Vec<Weighed>,
}

/// The pairs of a sample that no chosen rule brings together yet.
struct Open<'a> {
    sample: &'a Sample<'a>,
    pairs: Vec<OpenPair>,
}

struct OpenPair {
    rows: [u32; 2],
    evidence: f32,
    chance: f64,
}

impl Open<'_> {
    fn gain(&self) -> f64 {
        self.sample.weight * self.pairs.iter().map(|pair| pair.chance).sum::<f64>()
    }

    fn cost(&self) -> f64 {
        self.sample.weight * self.pairs.len() as f64
    }
}

/// Takes one rule after another, the best first, as long as the pairs are within the budget.
pub(crate) fn choose<'a>(
    samples: &'a [Sample<'a>],
    weights: &Weights,
    budget: f64,
    records: f64,
) -> Choice<'a> {
    // Every record one of a pair, for a beginning.
    let odds = 1.0 - records.log2();
    let mut open: Vec<Open> = samples
        .iter()
        .filter(|sample| sample.affordable)
        .map(|sample| opened(sample, weights, odds))
        .collect();
    let mut choice = Choice {
        samples: Vec::new(),
        pairs: Vec::new(),
    };
    let least_yield = LEAST_YIELD * (records / BIG_BOOK).min(1.0);
    let worth = |gain: f64, cost: f64| gain >= least_yield * (cost + COST_OF_KEYS * records);
    let (mut found, mut spent) = (0.0, 0.0);
    loop {
        let best = open
            .iter()
            .enumerate()
            .map(|(place, entry)| (place, entry.gain(), entry.cost()))
            .filter(|(_, gain, cost)| {
                *gain > found * LEAST_GAIN + 0.5 && worth(*gain, *cost) && spent + cost <= budget
            })
            .max_by(|left, right| {
                (left.1 * left.1 / left.2).total_cmp(&(right.1 * right.1 / right.2))
            });
        let Some((place, gain, cost)) = best else {
            return choice;
        };
        let taken = open.swap_remove(place);
        found += gain;
        spent += cost;
        let pairs = taken.sample.weight;
        choice.pairs.extend(taken.pairs.iter().map(|pair| Weighed {
            evidence: pair.evidence,
            pairs,
        }));
        for entry in &mut open {
            entry
                .pairs
                .retain(|pair| !taken.sample.keys.meet(pair.rows[0], pair.rows[1]));
        }
        choice.samples.push(taken.sample);
    }
}

fn opened<'a>(sample: &'a Sample<'a>, weights: &Weights, odds: f64) -> Open<'a> {
    let pairs = sample
        .pairs
        .iter()
        .zip(sample.patterns())
        .map(|(rows, levels)| {
            let evidence = weights.of_levels(levels);
            OpenPair {
                rows: *rows,
                evidence,
                chance: chance(f64::from(evidence) + odds),
            }
        });
    Open {
        sample,
        pairs: pairs.collect(),
    }
}
