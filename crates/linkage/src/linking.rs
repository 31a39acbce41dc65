//! From a book to its parties: learn a model, compare what it brings together, cluster.

use crate::blocking::PartKeys;
use crate::book::Book;
use crate::choosing::choose;
use crate::expectation::{Threshold, Weighed, best_threshold, curve, prior_bits};
use crate::guards;
use crate::learning;
use crate::linker::{Circumstances, Decision, Linker};
use crate::model::Model;
use crate::problem::ModelProblem;
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
    /// What counts beside the evidence.
    pub verdict: Verdict,
}

/// What counts beside the evidence of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Nothing: the evidence is weighed.
    Evidence,
    /// A person said that the two are one.
    Joined,
    /// A number that names but one party makes certain.
    Certain,
    /// It only looks like one party; a person looks.
    Held,
    /// They cannot be one, or a person said that they are two.
    Apart,
}

impl Edge {
    /// The chance that they are one party.
    pub fn chance(&self) -> f64 {
        match self.verdict {
            Verdict::Evidence | Verdict::Held => crate::expectation::chance(self.bits),
            Verdict::Joined | Verdict::Certain => 1.0,
            Verdict::Apart => 0.0,
        }
    }

    /// Whether the two come together by what they say themselves.
    pub(crate) fn links(&self, threshold_bits: f32) -> bool {
        match self.verdict {
            Verdict::Evidence => self.bits >= threshold_bits,
            Verdict::Joined | Verdict::Certain => true,
            Verdict::Held | Verdict::Apart => false,
        }
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
pub(crate) const KEPT_BELOW: f32 = 12.0;

/// Pairs compared for each record of a big book, at most on average, and of a small one.
const PAIRS_A_RECORD: f64 = 4.0;
const MOST_PAIRS_OF_A_SMALL_BOOK: f64 = 2_000_000.0;
const MOST_PAIRS_A_RECORD: f64 = 200.0;

/// Learns how to link a book whose columns have these names, without labels.
pub fn learn(book: &Book, names: &[String], seed: u64) -> Learned {
    learn_from(book, names, &[], seed)
}

/// Learns how to link a book, also from pairs of which persons said that they are one party. What they said to be two
/// tells nothing of how strangers agree, for nobody asks about those who have nothing in common; hand it to
/// [`Linker::link`], which lets nothing overrule it.
pub fn learn_from(book: &Book, names: &[String], labels: &[Decision], seed: u64) -> Learned {
    let records = book.len() as f64;
    let budget = (PAIRS_A_RECORD * records)
        .max((MOST_PAIRS_A_RECORD * records).min(MOST_PAIRS_OF_A_SMALL_BOOK));
    let parts: Vec<PartKeys> = book
        .key_parts()
        .into_iter()
        .map(|part| book.part_keys(part))
        .collect();
    let samples = samples(book, &parts, budget / 4.0);
    let labelled = labels.iter().filter(|label| label.same);
    let labelled: Vec<[u32; 2]> = labelled.map(|label| [label.left, label.right]).collect();
    let learnt = learning::learn(book, &samples, &labelled, seed);
    let mut model = Model::of(&learnt, book, names, seed);
    model.guards = guards::proposed(&model.fields);
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

/// What each threshold is expected to give, of the pairs that linking a book found.
pub fn expected(linked: &Linked) -> Vec<Threshold> {
    // What a person decided is no evidence.
    let weighed = linked.edges.iter().filter(|edge| {
        matches!(
            edge.verdict,
            Verdict::Evidence | Verdict::Certain | Verdict::Held
        )
    });
    let pairs: Vec<Weighed> = weighed
        .map(|edge| Weighed {
            evidence: edge.bits,
            pairs: 1.0,
        })
        .collect();
    // The bits of a pair hold the odds of two records drawn at random already.
    curve(&pairs, 0.0)
}

/// Finds the parties of a book.
pub fn link(book: &Book, model: &Model) -> Result<Linked, ModelProblem> {
    Ok(Linker::new(model.clone())?.link(book, &Circumstances::default()))
}
