//! The records of a book as compact columns: each value once, each record a row of numbers.

use crate::frequencies::FrequencyModel;
use crate::level::{Agreement, Level};
use crate::survey::ColumnPlan;
use crate::values::Values;

mod building;
mod lists;

pub use building::{BookBuilder, TooManyRecords};
use lists::Lists;
pub(crate) use lists::values_of;

/// A column of the book after reading.
pub struct Field {
    /// Which column of the table it is, and how it is read.
    pub plan: ColumnPlan,
    pub(crate) values: Values,
    /// Where a record may have several values: which, for each list of values that occurs.
    lists: Option<Lists>,
    /// The head of the hash of each value.
    pub(crate) heads: Vec<u32>,
    /// How many records have each value; value 0 is the missing one.
    pub(crate) counts: Vec<u32>,
    /// How rare each value is, see [`Level`].
    pub(crate) rarities: Vec<u8>,
}

/// Records as they are compared.
pub struct Book {
    /// The fields, in the order of the table.
    pub fields: Vec<Field>,
    /// The value of each field of each record, record after record.
    cells: Vec<Cell>,
    /// What a record says, as one number that does not depend on where it stands.
    contents: Vec<u64>,
    /// What tells records apart that say the same; none where only their rows do.
    identities: Vec<u64>,
}

impl Book {
    /// How many records it holds.
    pub fn len(&self) -> usize {
        self.contents.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.contents.is_empty()
    }

    #[inline]
    pub(crate) fn record(&self, row: u32) -> &[Cell] {
        let width = self.fields.len();
        &self.cells[row as usize * width..][..width]
    }

    #[inline]
    pub(crate) fn content(&self, row: u32) -> u64 {
        self.contents[row as usize]
    }

    /// Where a record stands among others, wherever its row is.
    #[inline]
    pub(crate) fn place(&self, row: u32) -> (u64, u64) {
        let identity = self.identities.get(row as usize);
        (
            self.content(row),
            identity.copied().unwrap_or(u64::from(row)),
        )
    }

    /// The field in which two records cannot be one party, whatever else they say.
    pub(crate) fn contradiction(&self, left: u32, right: u32) -> Option<usize> {
        let (mine, theirs) = (self.record(left), self.record(right));
        self.fields
            .iter()
            .zip(mine.iter().zip(theirs))
            .position(|(field, (mine, theirs))| {
                let both = *mine != Cell::MISSING && *theirs != Cell::MISSING && mine != theirs;
                both && field.contradict(*mine, *theirs)
            })
    }

    /// How two records agree in one field.
    #[inline]
    pub(crate) fn level(&self, field: usize, left: u32, right: u32) -> Level {
        self.fields[field].level(self.record(left)[field], self.record(right)[field])
    }
}

impl Field {
    /// The share of the records that have a value of each rarity, see [`Level`].
    pub fn rarity_shares(&self) -> [f64; 8] {
        // Whole numbers, because sums of fractions depend on their order.
        let mut held = [0_u64; 8];
        for (count, rarity) in self.counts.iter().zip(&self.rarities) {
            held[usize::from(*rarity)] += u64::from(*count);
        }
        let present = held.iter().sum::<u64>().max(1) as f64;
        held.map(|held| held as f64 / present)
    }

    /// How two records agree in the field.
    #[inline]
    pub(crate) fn level(&self, left: Cell, right: Cell) -> Level {
        if left == Cell::MISSING || right == Cell::MISSING {
            return Level::MISSING;
        }
        if left == right {
            return Level::new(Agreement::Same, left.rarity());
        }
        match &self.lists {
            None => self.values.compare(left, right),
            Some(lists) => lists.compare(&self.values, left, right),
        }
    }

    /// Whether records can agree to the letter whose cells are not the same.
    pub(crate) fn has_forms(&self) -> bool {
        self.lists.is_some() || self.plan.kind.has_forms()
    }

    /// Whether a cell holds a value that is well-formed, as far as that can be checked.
    pub(crate) fn is_sound(&self, cell: Cell) -> bool {
        let sound = |value: u32| self.values.is_sound(value);
        self.values_of(cell.number())
            .iter()
            .any(|cell| sound(cell.number()))
    }

    /// Whether two cells cannot belong to one party. Of several values of a party each may be another's.
    fn contradict(&self, left: Cell, right: Cell) -> bool {
        self.lists.is_none() && self.values.contradict(left.number(), right.number())
    }

    /// The values of a cell by its number.
    pub(crate) fn values_of(&self, number: u32) -> ValuesOf<'_> {
        match &self.lists {
            None => ValuesOf::One([Cell::new(number, 0)]),
            Some(lists) => ValuesOf::Several(lists.of(number)),
        }
    }

    /// How many cells there are that differ.
    pub(crate) fn cells(&self) -> usize {
        self.lists.as_ref().map_or(self.counts.len(), Lists::len)
    }

    /// Whether a record has one value at most.
    pub(crate) fn is_single(&self) -> bool {
        self.lists.is_none()
    }

    /// How many records have a value of the cell, of its most frequent one.
    pub(crate) fn holders(&self, cell: Cell) -> usize {
        let counts = self.values_of(cell.number());
        let counts = counts
            .iter()
            .map(|cell| self.counts[cell.number() as usize]);
        counts.max().unwrap_or_default() as usize
    }

    /// How frequent the values are.
    pub(crate) fn frequencies(&self) -> FrequencyModel {
        let mut model = FrequencyModel::of(&self.heads, &self.counts, &self.rarities);
        self.values.note(&mut model);
        model
    }
}

/// The values of one cell.
pub(crate) enum ValuesOf<'a> {
    One([Cell; 1]),
    Several(&'a [Cell]),
}

impl ValuesOf<'_> {
    pub fn iter(&self) -> std::slice::Iter<'_, Cell> {
        match self {
            Self::One(cell) => cell.iter(),
            Self::Several(cells) => cells.iter(),
        }
    }
}

/// A value of a record: its number in its field and how rare it is, so that two records that agree need no look-up.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cell(u32);

/// Bits of a cell that number its value.
const NUMBER_BITS: u32 = 29;

impl Cell {
    pub const MISSING: Self = Self(0);

    pub(crate) fn new(number: u32, rarity: u8) -> Self {
        Self(u32::from(rarity) << NUMBER_BITS | number)
    }

    /// The number of the value in its field; zero for the missing one.
    #[inline]
    pub fn number(self) -> u32 {
        self.0 & ((1 << NUMBER_BITS) - 1)
    }

    /// How rare the value is, see [`Level`].
    #[inline]
    pub fn rarity(self) -> u8 {
        (self.0 >> NUMBER_BITS) as u8
    }
}

/// Records that a book can hold.
pub const MOST_RECORDS: usize = (1 << NUMBER_BITS) - 2;
