//! The book: any stretch of it, and the truth about it.

use tables::Chunk;

use crate::column::{self, Column, Row};
use crate::day::push_padded;
use crate::layout::Place;
use crate::options::{Options, Parties};
use crate::permutation::Permutation;
use crate::population::{PartyKind, Population};
use crate::random::Stream;
use crate::record::{self, SOURCES};
use crate::slips::Slips;

// Of the further records of a party in a mixed book so many are updates under the same number.
const IS_UPDATE: u16 = 2_000;

/// A customer book that is made as it is read.
#[derive(Debug)]
pub struct Book {
    options: Options,
    population: Population,
    permutation: Permutation,
    columns: Vec<Column>,
}

/// What is true of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// The number the source gave the record; an update repeats it.
    pub record_id: String,
    /// The party the record truly belongs to.
    pub party_id: String,
    /// The household of a person; others have none.
    pub household_id: Option<String>,
    /// What went wrong in writing the record down.
    pub slips: Slips,
}

impl Book {
    /// The book that follows from these options.
    pub fn new(options: Options) -> Self {
        Self {
            population: Population::new(options.seed, options.parties),
            permutation: Permutation::new(options.seed, options.records),
            columns: column::columns(options.parties),
            options,
        }
    }

    /// How many records the book has.
    pub fn records(&self) -> u64 {
        self.options.records
    }

    /// The names of the columns.
    pub fn header(&self) -> Vec<&'static str> {
        let language = self.options.language;
        self.columns
            .iter()
            .map(|column| column.header(language))
            .collect()
    }

    /// At most `count` records from `first` (counted from 0) on.
    pub fn chunk(&self, first: u64, count: u64) -> Chunk {
        self.make(first, count, |_| {})
    }

    /// The truth about the records that [`Book::chunk`] gives.
    pub fn truth(&self, first: u64, count: u64) -> Vec<Truth> {
        let mut truth = Vec::new();
        self.make(first, count, |found| truth.push(found));
        truth
    }

    /// Chunk and truth in one go.
    pub(crate) fn make(&self, first: u64, count: u64, mut truth: impl FnMut(Truth)) -> Chunk {
        let mut chunk = Chunk::new(self.columns.len());
        let mut row = Row::new();
        for position in first..first.saturating_add(count).min(self.options.records) {
            let place = self
                .population
                .layout
                .place(self.permutation.forward(position));
            let slips = self.write_row(&mut row, position, place);
            chunk.row_numbers.push(position + 1);
            for (cells, column) in chunk.columns.iter_mut().zip(&self.columns) {
                cells.push(row.get(*column));
            }
            truth(self.truth_of(&row, place, slips));
        }
        chunk
    }

    fn write_row(&self, row: &mut Row, position: u64, place: Place) -> Slips {
        let first = self.first_version(place);
        let source = self
            .population
            .random(Stream::Source, first)
            .below(SOURCES.len());
        let slips = record::write(row, &self.population, self.options.language, place, source);
        let number = if first == place.number {
            position
        } else {
            self.permutation.backward(first)
        };
        let id = row.start(Column::RecordId);
        id.push('R');
        push_padded(id, number + 1, 10);
        slips
    }

    /// The place whose record this one updates, or its own.
    fn first_version(&self, place: Place) -> u64 {
        let mut number = place.number;
        for _ in 0..place.version {
            let mut random = self.population.random(Stream::Source, number);
            // The first draw picks the source.
            random.next();
            if self.options.parties == Parties::PersonsOnly || !random.chance(IS_UPDATE) {
                break;
            }
            number -= 1;
        }
        number
    }

    fn truth_of(&self, row: &Row, place: Place, slips: Slips) -> Truth {
        let person = self.population.kind(place.party) == PartyKind::Person;
        Truth {
            record_id: row.get(Column::RecordId).unwrap_or_default().to_owned(),
            party_id: numbered('P', place.party),
            household_id: person.then(|| numbered('H', self.population.home(place.party))),
            slips,
        }
    }
}

fn numbered(letter: char, number: u64) -> String {
    let mut text = String::from(letter);
    push_padded(&mut text, number, 10);
    text
}
