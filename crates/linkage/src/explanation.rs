//! Why two records are one party, or are not, field by field; and what would change it.

use crate::book::{Book, Cell};
use crate::level::{Agreement, Level};
use crate::model::Model;
use crate::scoring::Weights;

/// What one field says of a pair.
#[derive(Clone, PartialEq, Debug)]
pub struct FieldEvidence {
    /// Which field of the model.
    pub field: usize,
    /// How far the two agree; nothing where a value is missing.
    pub agreement: Option<Agreement>,
    /// Evidence in bits: for one party above zero, against it below.
    pub bits: f32,
    /// Whether it says less, because the column on which it hangs agrees already.
    pub beside: bool,
    /// The most bits that the field would give were the two the same in it.
    pub bits_if_same: f32,
}

/// The evidence of a pair, added up.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// The odds, in bits, that two records drawn at random are one party.
    pub prior_bits: f32,
    /// What each field says, the one that tells most first.
    pub fields: Vec<FieldEvidence>,
    /// All of it together; a pair of this many bits or more than the threshold is linked unless its group speaks
    /// against it.
    pub bits: f32,
    /// The field in which the two cannot be one party, whatever else they say.
    pub contradiction: Option<usize>,
}

impl Explanation {
    /// The chance that the two are one party.
    pub fn chance(&self) -> f64 {
        if self.contradiction.is_some() {
            0.0
        } else {
            crate::expectation::chance(f64::from(self.bits))
        }
    }

    /// The fields that would link the two were they the same in this one alone.
    pub fn would_link(&self, threshold_bits: f32) -> impl Iterator<Item = &FieldEvidence> {
        let bits = self.bits;
        self.fields.iter().filter(move |field| {
            bits < threshold_bits
                && field.agreement != Some(Agreement::Same)
                && bits - field.bits + field.bits_if_same >= threshold_bits
        })
    }
}

/// How a field would agree, were it otherwise than it is; nothing for a value that is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Supposed {
    /// Which field of the model.
    pub field: usize,
    /// How far the two would agree.
    pub agreement: Option<Agreement>,
}

/// What a model says of two records.
pub fn explain(book: &Book, model: &Model, left: u32, right: u32) -> Explanation {
    what_if(book, model, (left, right), &[])
}

/// What a model would say of two records that agreed otherwise in some fields.
pub fn what_if(
    book: &Book,
    model: &Model,
    (left, right): (u32, u32),
    supposed: &[Supposed],
) -> Explanation {
    let weights = Weights::new(model);
    let level = |field: usize| match supposed.iter().find(|supposed| supposed.field == field) {
        None => book.level(field, left, right),
        Some(Supposed {
            agreement: None, ..
        }) => Level::MISSING,
        Some(Supposed {
            agreement: Some(agreement),
            ..
        }) => Level::new(*agreement, rarer(book, field, left, right)),
    };
    let levels: Vec<u8> = (0..book.fields.len())
        .map(|field| level(field).byte())
        .collect();
    let contradiction = book.contradiction(left, right);
    let mut fields: Vec<FieldEvidence> = weights
        .each(&levels)
        .map(|(field, bits, beside)| FieldEvidence {
            field,
            agreement: Level::of_byte(levels[field]).agreement(),
            bits,
            beside,
            bits_if_same: bits_if_same(book, &weights, field, left, right),
        })
        .collect();
    fields.sort_by(|one, other| {
        other
            .bits
            .abs()
            .total_cmp(&one.bits.abs())
            .then(one.field.cmp(&other.field))
    });
    Explanation {
        prior_bits: model.prior_bits,
        bits: model.prior_bits + weights.of_levels(&levels),
        fields,
        contradiction: contradiction
            .filter(|field| supposed.iter().all(|supposed| supposed.field != *field)),
    }
}

/// Why two records are not linked by what they say themselves.
#[derive(Clone, PartialEq, Debug)]
pub enum WhyNot {
    /// No rule brings them together, so nobody compares them.
    NeverMeet,
    /// They cannot be one party, whatever else they say.
    Contradiction {
        /// In which field of the model.
        field: usize,
    },
    /// It only looks like one party.
    Held {
        /// The guard, by its word.
        guard: String,
    },
    /// Too little speaks for it.
    TooLittle {
        /// So many bits are missing.
        missing_bits: f32,
    },
}

/// How rare the rarer of two values is.
fn rarer(book: &Book, field: usize, left: u32, right: u32) -> u8 {
    let cells = [book.record(left)[field], book.record(right)[field]];
    let rarity = |cell: &Cell| (*cell != Cell::MISSING).then(|| cell.rarity());
    cells.iter().filter_map(rarity).max().unwrap_or_default()
}

/// What the rarer of two values would say were it in both records.
fn bits_if_same(book: &Book, weights: &Weights, field: usize, left: u32, right: u32) -> f32 {
    let rarer = rarer(book, field, left, right);
    weights.alone(field, Level::new(Agreement::Same, rarer))
}

/// How many records say so little that not even an equal record would be linked to them.
pub fn unlinkable(book: &Book, model: &Model) -> usize {
    let weights = Weights::new(model);
    let least = model.threshold_bits - model.prior_bits;
    (0..book.len() as u32)
        .filter(|row| weights.evidence(book, *row, *row, least).is_none())
        .count()
}
