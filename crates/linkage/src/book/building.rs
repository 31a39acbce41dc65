//! A book in the making: cells are read as they come, and numbered once all are there.

use std::sync::Arc;

use tables::Chunk;

use crate::book::lists::{Lists, values_of};
use crate::book::{Book, Cell, Field, MOST_RECORDS};
use crate::frequencies::{Frequencies, head, rarity_of};
use crate::grouping::Heads;
use crate::hash;
use crate::survey::ColumnPlan;
use crate::values::{Normaliser, Values};

/// More records than a book can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {MOST_RECORDS} records cannot be linked at once")]
pub struct TooManyRecords;

/// Rows whose cells are brought together at a time.
const BLOCK: usize = 1_024;

/// Takes in chunk after chunk.
pub struct BookBuilder {
    fields: Vec<FieldBuilder>,
    normaliser: Normaliser,
    identities: Vec<u64>,
    rows: usize,
}

/// A column in the making.
struct FieldBuilder {
    plan: ColumnPlan,
    values: Values,
    /// The hash of each value read, zero for one that says nothing.
    hashes: Vec<u64>,
    /// Where the values of each record end, if it may have several.
    ends: Vec<u32>,
    /// How frequent values are where the model was learnt.
    known: Option<Arc<Frequencies>>,
}

impl BookBuilder {
    /// A book of these columns, with room for about so many records.
    pub fn new(plan: Vec<ColumnPlan>, records: usize) -> Self {
        let known = plan.iter().map(|_| None).collect();
        Self::knowing(plan, known, records)
    }

    /// A book whose values are as frequent as a model says.
    pub(crate) fn knowing(
        plan: Vec<ColumnPlan>,
        known: Vec<Option<Arc<Frequencies>>>,
        records: usize,
    ) -> Self {
        let mut normaliser = Normaliser::default();
        let fields = plan.into_iter().zip(known);
        let fields = fields.map(|(plan, known)| {
            let mut values = Values::new(plan.kind);
            values.reserve(records + 1);
            // The missing value is value 0 of each field.
            values.push(plan.kind, "", &mut normaliser);
            FieldBuilder {
                plan,
                values,
                hashes: Vec::with_capacity(records),
                ends: Vec::new(),
                known,
            }
        });
        Self {
            fields: fields.collect(),
            normaliser,
            identities: Vec::new(),
            rows: 0,
        }
    }

    /// Appends the rows of a chunk, all or none.
    pub fn push(&mut self, chunk: &Chunk) -> Result<(), TooManyRecords> {
        if self.rows + chunk.len() > MOST_RECORDS {
            return Err(TooManyRecords);
        }
        for field in &mut self.fields {
            let cells = chunk.columns[field.plan.column].iter();
            field.push(cells.map(Option::unwrap_or_default), &mut self.normaliser);
        }
        self.rows += chunk.len();
        Ok(())
    }

    /// Appends the rows of a chunk, with a number for each that is its own wherever it stands.
    pub fn push_with(&mut self, chunk: &Chunk, identities: &[u64]) -> Result<(), TooManyRecords> {
        self.push(chunk)?;
        self.identities.extend_from_slice(identities);
        Ok(())
    }

    /// Gives each distinct value its number and counts it.
    pub fn finish(self) -> Book {
        let width = self.fields.len();
        let mut contents = vec![0; self.rows];
        let mut heads = Heads::default();
        let fields = self.fields.into_iter().map(|field| {
            field.add_to(&mut contents);
            field.finish(&mut heads)
        });
        let (fields, columns): (Vec<Field>, Vec<Vec<Cell>>) = fields.unzip();
        drop(heads);
        let mut cells = vec![Cell::MISSING; self.rows * width];
        // So many rows at a time stay in the cache for each of the columns.
        for (block, start) in cells
            .chunks_mut(BLOCK * width.max(1))
            .zip((0..).step_by(BLOCK))
        {
            for (field, column) in columns.iter().enumerate() {
                let rows = block.chunks_exact_mut(width).zip(&column[start..]);
                rows.for_each(|(row, cell)| row[field] = *cell);
            }
        }
        Book {
            fields,
            cells,
            contents,
            identities: self.identities,
        }
    }
}

impl FieldBuilder {
    fn push<'a>(&mut self, cells: impl Iterator<Item = &'a str>, normaliser: &mut Normaliser) {
        let Self { plan, values, .. } = self;
        if !plan.several {
            self.hashes
                .extend(cells.map(|cell| values.push(plan.kind, cell, normaliser)));
            return;
        }
        for cell in cells {
            let said = values_of(cell).map(|said| values.push(plan.kind, said, normaliser));
            self.hashes.extend(said);
            self.ends.push(self.hashes.len() as u32);
        }
    }

    /// The places of the values of each record.
    fn places(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let end = *end as usize;
            std::mem::replace(&mut start, end)..end
        })
    }

    /// Adds what the field says to what the records say.
    fn add_to(&self, contents: &mut [u64]) {
        if !self.plan.several {
            for (content, hash) in contents.iter_mut().zip(&self.hashes) {
                *content = hash::both(*content, *hash);
            }
            return;
        }
        for (content, places) in contents.iter_mut().zip(self.places()) {
            // The order of several values says nothing.
            let hashes = self.hashes[places].iter();
            let sum = hashes.fold(0_u64, |sum, hash| sum.wrapping_add(hash::mix(*hash)));
            *content = hash::both(*content, sum);
        }
    }

    /// The field, and the cell of each record.
    fn finish(self, heads: &mut Heads) -> (Field, Vec<Cell>) {
        if !self.plan.several {
            return self.number(heads);
        }
        let places: Vec<_> = self.places().collect();
        let (mut field, said) = self.number(heads);
        let lists: Vec<Vec<Cell>> = places
            .into_iter()
            .map(|places| {
                let mut list: Vec<Cell> = said[places].to_vec();
                list.retain(|cell| *cell != Cell::MISSING);
                list.sort_unstable_by_key(|cell| cell.number());
                list.dedup();
                list
            })
            .collect();
        let mut cells = vec![Cell::MISSING; lists.len()];
        let mut rows: Vec<u32> = (0..lists.len() as u32).collect();
        let key = |row: &u32| lists[*row as usize].iter().map(|cell| cell.number());
        rows.retain(|row| !lists[*row as usize].is_empty());
        rows.sort_by(|left, right| key(left).cmp(key(right)));
        let mut distinct = Lists::default();
        for alike in rows.chunk_by(|left, right| lists[*left as usize] == lists[*right as usize]) {
            let list = &lists[alike[0] as usize];
            let rarest = list.iter().map(|cell| cell.rarity()).max();
            let cell = Cell::new(distinct.len() as u32, rarest.unwrap_or_default());
            distinct.push(list);
            for row in alike {
                cells[*row as usize] = cell;
            }
        }
        field.lists = Some(distinct);
        (field, cells)
    }

    /// Numbers the values in the order in which they were first read, so that neighbours stay neighbours; the number of
    /// each value that was read.
    fn number(mut self, heads: &mut Heads) -> (Field, Vec<Cell>) {
        // Where each value was read first, and later its number.
        let mut numbers: Vec<u32> = (0..self.hashes.len() as u32).collect();
        heads.each_repeated(&self.hashes, |places| {
            for place in places {
                numbers[*place as usize] = places[0];
            }
        });
        let (mut firsts, mut counts, mut heads_of_values) = (vec![0], vec![0], vec![0]);
        for (place, hash) in self.hashes.iter().enumerate() {
            let first = numbers[place] as usize;
            numbers[place] = match *hash {
                0 => 0,
                hash if first == place => {
                    // What was read at place r is value r + 1 while reading, because value 0 is the missing one.
                    firsts.push(place as u32 + 1);
                    heads_of_values.push(head(hash).max(1));
                    counts.push(1);
                    counts.len() as u32 - 1
                }
                _ => {
                    counts[numbers[first] as usize] += 1;
                    numbers[first]
                }
            };
        }
        drop(self.hashes);
        let present: u64 = counts.iter().map(|count| u64::from(*count)).sum();
        let rarity = |(head, count): (&u32, &u32)| match (&self.known, *count) {
            (_, 0) => 0,
            (Some(known), _) => known.rarity(*head),
            (None, count) => rarity_of(count as f32, present as f32),
        };
        let rarities: Vec<u8> = heads_of_values.iter().zip(&counts).map(rarity).collect();
        let cell = |number: u32| Cell::new(number, rarities[number as usize]);
        let cells = numbers.into_iter().map(cell).collect();
        self.values.keep(&firsts, self.known.as_deref());
        let field = Field {
            plan: self.plan,
            values: self.values,
            lists: None,
            heads: heads_of_values,
            counts,
            rarities,
        };
        (field, cells)
    }
}
