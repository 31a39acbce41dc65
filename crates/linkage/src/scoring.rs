//! The evidence of a pair in bits: the sum of what its levels say.

use crate::book::{Book, Cell};
use crate::level::{Agreement, Level};
use crate::model::{FieldModel, Model};

/// The levels of values that are the same.
const SAME: std::ops::Range<usize> = 8..16;

/// What the levels of one field say.
struct FieldWeights {
    field: usize,
    bits: [f32; Level::COUNT],
    /// The field on which this one hangs, and what the levels say where that one agrees.
    dependent: Option<(usize, [f32; Level::COUNT])>,
    /// The most that the field can say where its values are not the same.
    best_otherwise: f32,
}

/// What each level says, ready for many pairs.
pub(crate) struct Weights {
    /// A field stands after the one on which it hangs.
    fields: Vec<FieldWeights>,
}

impl Weights {
    pub fn new(model: &Model) -> Self {
        let has_forms = |field: &FieldModel| field.several || field.kind.has_forms();
        let place = |name: &String| model.fields.iter().position(|field| field.name == *name);
        let weights = |(field, field_model): (usize, &FieldModel)| {
            let bits = field_model.bits(false);
            let dependent = field_model
                .beside
                .as_ref()
                .and_then(place)
                .map(|on| (on, field_model.bits(true)));
            let others = |bits: &[f32; Level::COUNT]| {
                let otherwise = bits
                    .iter()
                    .enumerate()
                    .filter(|(level, _)| has_forms(field_model) || !SAME.contains(level));
                otherwise.map(|(_, bits)| *bits).fold(f32::MIN, f32::max)
            };
            let best_otherwise = dependent
                .as_ref()
                .map_or(f32::MIN, |(_, bits)| others(bits))
                .max(others(&bits));
            FieldWeights {
                field,
                bits,
                dependent,
                best_otherwise,
            }
        };
        let mut fields: Vec<FieldWeights> = model.fields.iter().enumerate().map(weights).collect();
        // What tells most stands first, so that a pair without hope is known early; nothing tells more than that on
        // which it hangs.
        let tells =
            |field: &FieldWeights| field.bits[SAME].iter().copied().fold(f32::MIN, f32::max);
        fields.sort_by(|left, right| {
            let hangs = left.dependent.is_some().cmp(&right.dependent.is_some());
            hangs.then(tells(right).total_cmp(&tells(left)))
        });
        Self { fields }
    }

    /// What each field says of a pair whose levels are known: the field, its bits, whether another spoke before it.
    pub fn each<'a>(&'a self, levels: &'a [u8]) -> impl Iterator<Item = (usize, f32, bool)> {
        self.fields.iter().map(|weights| {
            let level = Level::of_byte(levels[weights.field]);
            let agrees = |on: usize| Level::of_byte(levels[on]).agrees();
            let beside = weights
                .dependent
                .as_ref()
                .is_some_and(|(on, _)| agrees(*on));
            let bits = if level.is_known() {
                weights.of(level, agrees)
            } else {
                0.0
            };
            (weights.field, bits, beside)
        })
    }

    /// The evidence of a pair whose levels are known.
    pub fn of_levels(&self, levels: &[u8]) -> f32 {
        self.each(levels).map(|(_, bits, _)| bits).sum()
    }

    /// What a level of a field says by itself.
    pub fn alone(&self, field: usize, level: Level) -> f32 {
        let weights = self.fields.iter().find(|weights| weights.field == field);
        weights.map_or(0.0, |weights| weights.bits[level.index()])
    }

    /// The evidence of a pair; `None` where it cannot reach this much.
    #[inline]
    pub fn evidence(&self, book: &Book, left: u32, right: u32, least: f32) -> Option<f32> {
        let (mine, theirs) = (book.record(left), book.record(right));
        // The most that each field may still say; it shrinks as they are looked at one by one.
        let mut bits = 0.0;
        for weights in &self.fields {
            let (mine, theirs) = (mine[weights.field], theirs[weights.field]);
            if mine != Cell::MISSING && theirs != Cell::MISSING {
                bits += weights.most(mine == theirs, mine);
            }
        }
        let mut agreeing = 0_u64;
        for weights in &self.fields {
            if bits < least {
                return None;
            }
            let (mine, theirs) = (mine[weights.field], theirs[weights.field]);
            if mine == Cell::MISSING || theirs == Cell::MISSING {
                continue;
            }
            let level = book.fields[weights.field].level(mine, theirs);
            bits -= weights.most(mine == theirs, mine);
            if level.is_known() {
                bits += weights.of(level, |on| agreeing >> on & 1 == 1);
                agreeing |= u64::from(level.agrees()) << weights.field;
            }
        }
        (bits >= least).then_some(bits)
    }
}

impl FieldWeights {
    #[inline]
    fn of(&self, level: Level, agrees: impl Fn(usize) -> bool) -> f32 {
        match &self.dependent {
            Some((on, bits)) if agrees(*on) => bits[level.index()],
            _ => self.bits[level.index()],
        }
    }

    /// The most that two values can say of which only is known whether they are the same.
    #[inline]
    fn most(&self, same: bool, value: Cell) -> f32 {
        if !same {
            return self.best_otherwise;
        }
        let level = Level::new(Agreement::Same, value.rarity());
        let alone = self.bits[level.index()];
        self.dependent
            .as_ref()
            .map_or(alone, |(_, bits)| alone.max(bits[level.index()]))
    }
}
