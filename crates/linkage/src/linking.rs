//! From a book to its parties: learn a model, compare what it brings together, cluster.

use crate::blocking::{MOST_RECORDS_A_KEY, PartKeys, RuleKeys};
use crate::book::Book;
use crate::choosing::choose;
use crate::clustering;
use crate::expectation::{Threshold, best_threshold, curve, prior_bits};
use crate::grouping::{self, Entries};
use crate::learning;
use crate::model::{Model, ModelProblem};
use crate::sampling::samples;
use crate::scoring::Weights;

/// A pair that may be one party.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Edge {
    /// The row of the earlier record.
    pub left: u32,
    /// The row of the later record.
    pub right: u32,
    /// Evidence that they are one, in bits; at 0 it is as likely as not.
    pub bits: f32,
}

impl Edge {
    /// Whether the two cannot be one party, whatever else speaks for it.
    pub fn contradicts(&self) -> bool {
        self.bits <= CONTRADICTION
    }

    /// The chance that they are one party.
    pub fn chance(&self) -> f64 {
        crate::expectation::chance(self.bits)
    }
}

/// What linking found.
#[derive(Debug)]
pub struct Linked {
    /// The party of each record: the row of its first record.
    pub parties: Vec<u32>,
    /// The pairs that were worth keeping, by row.
    pub edges: Vec<Edge>,
    /// How many pairs were compared.
    pub compared: usize,
}

/// What learning found besides the model.
#[derive(Debug)]
pub struct Learned {
    /// The model.
    pub model: Model,
    /// What each threshold is expected to give.
    pub curve: Vec<Threshold>,
}

/// Bits below even odds up to which a pair is kept, because others may speak for it.
const KEPT_BELOW: f32 = 12.0;

/// What a pair says that cannot be one party: more than all others together can outweigh.
const CONTRADICTION: f32 = -1e6;

/// Pairs compared for each record of a big book, at most on average, and of a small one.
const PAIRS_A_RECORD: f64 = 4.0;
const MOST_PAIRS_OF_A_SMALL_BOOK: f64 = 2_000_000.0;
const MOST_PAIRS_A_RECORD: f64 = 200.0;

/// Learns how to link a book whose columns have these names, without labels.
pub fn learn(book: &Book, names: &[String], seed: u64) -> Learned {
    let records = book.len() as f64;
    let budget = (PAIRS_A_RECORD * records)
        .max((MOST_PAIRS_A_RECORD * records).min(MOST_PAIRS_OF_A_SMALL_BOOK));
    let parts: Vec<PartKeys> = book
        .key_parts()
        .into_iter()
        .map(|part| book.part_keys(part))
        .collect();
    let samples = samples(book, &parts, budget / 4.0);
    let learnt = learning::learn(book, &samples, seed);
    let fields: Vec<_> = book
        .fields
        .iter()
        .map(|field| (names[field.plan.column].clone(), field.plan.kind))
        .collect();
    let mut model = Model::of(&learnt, &fields, book.len() as u64, seed);
    let choice = choose(&samples, &Weights::new(&model), budget, records);
    let rules: Vec<_> = choice
        .samples
        .iter()
        .map(|sample| sample.keys.rule())
        .collect();
    model.set_rules(&rules);
    model.set_prior(prior_bits(&choice.pairs, records));
    let curve = curve(&choice.pairs, model.prior_bits);
    model.threshold_bits = best_threshold(&curve);
    Learned { model, curve }
}

/// Finds the parties of a book.
pub fn link(book: &Book, model: &Model) -> Result<Linked, ModelProblem> {
    let weights = Weights::new(model);
    let rules = model.key_rules()?;
    let mut needed: Vec<_> = rules
        .iter()
        .flat_map(|rule| rule.parts.iter().copied())
        .collect();
    needed.sort_unstable();
    needed.dedup();
    let parts: Vec<PartKeys> = needed.iter().map(|part| book.part_keys(*part)).collect();
    let keys = |part| parts.iter().find(|keys| Some(&keys.part) == part);
    let rules = rules.iter().filter_map(|rule| {
        Some(RuleKeys {
            book,
            left: keys(rule.parts.first())?,
            right: keys(rule.parts.get(1)),
        })
    });
    let pairs = pairs(book, rules);
    let edges: Vec<Edge> = pairs
        .iter()
        .filter_map(|pair| edge(book, model, &weights, *pair))
        .collect();
    let compared = pairs.len();
    drop(pairs);
    let parties = clustering::cluster(book, &edges, model.threshold_bits);
    Ok(Linked {
        parties,
        edges,
        compared,
    })
}

/// The pairs that rules bring together, each once, the earlier row in the upper half.
fn pairs<'a>(book: &Book, rules: impl Iterator<Item = RuleKeys<'a>>) -> Vec<u64> {
    let mut pairs = Vec::new();
    let mut entries = Entries::default();
    for rule in rules {
        let entries = rule.gather(0..book.len() as u32, 1, &mut entries);
        for group in grouping::groups(entries).filter(|group| group.len() <= MOST_RECORDS_A_KEY) {
            for (place, right) in group.iter().enumerate() {
                pairs.extend(
                    group[..place]
                        .iter()
                        .map(|left| u64::from(left.row) << 32 | u64::from(right.row)),
                );
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn edge(book: &Book, model: &Model, weights: &Weights, pair: u64) -> Option<Edge> {
    let (left, right) = ((pair >> 32) as u32, pair as u32);
    let evidence = weights.evidence(book, left, right, -KEPT_BELOW - model.prior_bits)?;
    let bits = if book.contradiction(left, right).is_some() {
        CONTRADICTION
    } else {
        evidence + model.prior_bits
    };
    Some(Edge { left, right, bits })
}
