//! The records of a book as compact columns: each value once, each record a row of numbers.

use tables::Chunk;

use crate::grouping::{self, Entries, Entry};
use crate::hash;
use crate::level::{Level, rarity};
use crate::survey::ColumnPlan;
use crate::values::{Normaliser, Values};

/// A column of the book after reading.
pub struct Field {
    /// Which column of the table it is, and how it is read.
    pub plan: ColumnPlan,
    pub(crate) values: Values,
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

    /// The field in which two records cannot be one party, whatever else they say.
    pub(crate) fn contradiction(&self, left: u32, right: u32) -> Option<usize> {
        let (mine, theirs) = (self.record(left), self.record(right));
        self.fields
            .iter()
            .zip(mine.iter().zip(theirs))
            .position(|(field, (mine, theirs))| {
                let both = *mine != Cell::MISSING && *theirs != Cell::MISSING && mine != theirs;
                both && field.values.contradict(mine.number(), theirs.number())
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
        let present: f64 = self.counts.iter().map(|count| f64::from(*count)).sum();
        let mut shares = [0.0; 8];
        for (count, rarity) in self.counts.iter().zip(&self.rarities) {
            shares[usize::from(*rarity)] += f64::from(*count) / present.max(1.0);
        }
        shares
    }

    /// How two values of the field agree.
    #[inline]
    pub(crate) fn level(&self, left: Cell, right: Cell) -> Level {
        if left == Cell::MISSING || right == Cell::MISSING {
            return Level::MISSING;
        }
        if left == right {
            return Level::new(crate::level::Agreement::Same, left.rarity());
        }
        self.values.compare(left, right)
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

/// More records than a book can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {MOST_RECORDS} records cannot be linked at once")]
pub struct TooManyRecords;

/// Takes in chunk after chunk.
pub struct BookBuilder {
    plan: Vec<ColumnPlan>,
    values: Vec<Values>,
    hashes: Vec<Vec<u64>>,
    normaliser: Normaliser,
    rows: usize,
}

impl BookBuilder {
    /// A book of these columns, with room for about so many records.
    pub fn new(plan: Vec<ColumnPlan>, records: usize) -> Self {
        let mut values: Vec<Values> = plan.iter().map(|plan| Values::new(plan.kind)).collect();
        // The missing value is value 0 of each field.
        let mut normaliser = Normaliser::default();
        for (values, plan) in values.iter_mut().zip(&plan) {
            values.reserve(records + 1);
            values.push(plan.kind, "", &mut normaliser);
        }
        let hashes = plan.iter().map(|_| Vec::with_capacity(records)).collect();
        Self {
            plan,
            values,
            hashes,
            normaliser,
            rows: 0,
        }
    }

    /// Appends the rows of a chunk, all or none.
    pub fn push(&mut self, chunk: &Chunk) -> Result<(), TooManyRecords> {
        if self.rows + chunk.len() > MOST_RECORDS {
            return Err(TooManyRecords);
        }
        for ((plan, values), hashes) in self.plan.iter().zip(&mut self.values).zip(&mut self.hashes)
        {
            let cells = chunk.columns[plan.column].iter();
            hashes.extend(cells.map(|cell| {
                values.push(plan.kind, cell.unwrap_or_default(), &mut self.normaliser)
            }));
        }
        self.rows += chunk.len();
        Ok(())
    }

    /// Gives each distinct value its number and counts it.
    pub fn finish(self) -> Book {
        let width = self.plan.len();
        let mut cells = vec![Cell::MISSING; self.rows * width];
        let mut contents = vec![0; self.rows];
        let mut entries = Entries::default();
        let fields = self
            .plan
            .into_iter()
            .zip(self.values)
            .zip(self.hashes)
            .enumerate()
            .map(|(place, ((plan, values), hashes))| {
                for (content, hash) in contents.iter_mut().zip(&hashes) {
                    *content = hash::both(*content, *hash);
                }
                numbered(
                    plan,
                    values,
                    &hashes,
                    &mut cells[place..],
                    width,
                    &mut entries,
                )
            })
            .collect();
        Book {
            fields,
            cells,
            contents,
        }
    }
}

/// Numbers the values of a field in the order of their hashes.
fn numbered(
    plan: ColumnPlan,
    mut values: Values,
    hashes: &[u64],
    cells: &mut [Cell],
    width: usize,
    entries: &mut Entries,
) -> Field {
    let entries = entries.fill(|entries| {
        let present = hashes.iter().zip(0..).filter(|(hash, _)| **hash != 0);
        entries.extend(present.map(|(hash, row)| Entry { key: *hash, row }));
    });
    let present = entries.len().max(1) as f32;
    let (mut firsts, mut counts, mut rarities) = (vec![0], vec![0], vec![0]);
    for group in grouping::groups(entries) {
        let id = counts.len() as u32;
        let rarity = rarity(-(group.len() as f32 / present).log2());
        for entry in group {
            cells[entry.row as usize * width] = Cell::new(id, rarity);
        }
        // Row r is value r + 1 while reading, because value 0 is the missing one.
        let speaker = group
            .iter()
            .map(|entry| entry.row + 1)
            .min_by_key(|row| values.doubt(*row));
        firsts.extend(speaker);
        rarities.push(rarity);
        counts.push(group.len() as u32);
    }
    values.keep(&firsts);
    Field {
        plan,
        values,
        counts,
        rarities,
    }
}
