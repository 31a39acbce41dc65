//! Records that arrive one by one are divided as the same records are at once, in whatever order they come.

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on ends here; its books are small"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use linkage::{Book, Circumstances, Decision, Linker, Model};
use proptest::prelude::*;
use support::{Lots, Persons, persons};
use tables::{Chunk, Column};

/// A register in memory that does what a server does with its tables.
#[derive(Default)]
struct Register {
    /// The records under each key that is not closed.
    keys: HashMap<u64, BTreeSet<usize>>,
    closed: HashSet<u64>,
    /// The component of each record, and the records of each.
    component: HashMap<usize, usize>,
    members: HashMap<usize, BTreeSet<usize>>,
    party: HashMap<usize, usize>,
}

fn book(linker: &Linker, persons: &Persons, rows: &[usize]) -> Book {
    let mut chunk = Chunk::new(0);
    chunk.row_numbers = rows.iter().map(|row| *row as u64).collect();
    chunk.columns = (0..persons.header.len())
        .map(|column| {
            rows.iter()
                .map(|row| Some(&*persons.rows[*row][column]))
                .collect::<Column>()
        })
        .collect();
    let mut builder = linker.book(&persons.header, rows.len()).unwrap();
    let identities: Vec<u64> = rows.iter().map(|row| *row as u64).collect();
    builder.push_with(&chunk, &identities).unwrap();
    builder.finish()
}

impl Register {
    /// Puts records under their keys; gives those that what they say may matter to.
    fn meet(&mut self, linker: &Linker, persons: &Persons, asking: &[usize]) -> BTreeSet<usize> {
        let keys = linker.keys(&book(linker, persons, asking));
        let most = linker.model().limits.records_a_key as usize;
        let mut near: BTreeSet<usize> = asking.iter().copied().collect();
        for (row, keys) in asking.iter().zip(keys) {
            for key in keys {
                let under = self.keys.entry(key).or_default();
                under.insert(*row);
                near.extend(under.iter());
                if under.len() > most {
                    self.closed.insert(key);
                    under.clear();
                }
            }
        }
        near
    }

    fn take(&mut self, linker: &Linker, persons: &Persons, asking: &[usize], decided: &[Decided]) {
        let mut near = self.meet(linker, persons, asking);
        let judged = decided.iter().flat_map(|(left, right, _)| [left, right]);
        near.extend(judged.filter(|row| self.component.contains_key(row)));
        let mut rows = near.clone();
        for row in &near {
            let component = self.component.get(row);
            rows.extend(
                component
                    .into_iter()
                    .flat_map(|component| &self.members[component]),
            );
        }
        let rows: Vec<usize> = rows.into_iter().collect();
        let book = book(linker, persons, &rows);
        let decisions = decisions(decided, &rows);
        let circumstances = Circumstances {
            closed: Some(&self.closed),
            decisions: &decisions,
        };
        let found = linker.link(&book, &circumstances);
        let components = linker.components(&book, &found);
        for row in &rows {
            if let Some(component) = self.component.remove(row) {
                self.members.remove(&component);
            }
        }
        for ((row, component), party) in rows.iter().zip(components).zip(&found.parties) {
            let component = rows[component as usize];
            self.component.insert(*row, component);
            self.members.entry(component).or_default().insert(*row);
            self.party.insert(*row, rows[*party as usize]);
        }
    }

    fn partition(&self) -> BTreeSet<BTreeSet<usize>> {
        partition(self.party.iter().map(|(row, party)| (*row, *party)))
    }
}

/// Two records and whether a person said that they are one.
type Decided = (usize, usize, bool);

/// Decisions among the records of a book that holds these.
fn decisions(decided: &[Decided], rows: &[usize]) -> Vec<Decision> {
    let place = |row: &usize| rows.iter().position(|other| other == row);
    let both = decided.iter().filter_map(|(left, right, same)| {
        Some(Decision {
            left: place(left)? as u32,
            right: place(right)? as u32,
            same: *same,
        })
    });
    both.collect()
}

fn partition(parties: impl Iterator<Item = (usize, usize)>) -> BTreeSet<BTreeSet<usize>> {
    let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (row, party) in parties {
        groups.entry(party).or_default().insert(row);
    }
    groups.into_values().collect()
}

/// A model of the book, with limits so low that keys get closed and parties full.
fn linker(persons: &Persons, records_a_key: u32) -> Linker {
    let (_, learned, _) = persons.linked();
    let mut model: Model = toml::from_str(&toml::to_string(&learned.model).unwrap()).unwrap();
    model.limits.records_a_key = records_a_key;
    model.limits.keys_a_record = 10;
    model.limits.records_a_party = 40;
    Linker::new(model).unwrap()
}

/// Lets many records share what they say, so that keys grow beyond their limit and parties hang together.
fn crowd(persons: &mut Persons, lots: &mut Lots) {
    let rows = persons.rows.len();
    for row in 0..rows {
        for column in 0..persons.header.len() {
            if lots.below(2) == 0 {
                let model = lots.below(12);
                persons.rows[row][column] = persons.rows[model][column].clone();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_arrival_does_not_count(seed in 1_u64.., records_a_key in 2_u32..12, chunk in 1_usize..40, judged in 0_usize..6) {
        let mut persons = persons(160, seed);
        let linker = linker(&persons, records_a_key);
        let mut lots = Lots(seed);
        crowd(&mut persons, &mut lots);
        let rows = persons.rows.len();
        let decided: Vec<Decided> = (0..judged)
            .map(|_| (lots.below(rows), lots.below(rows), lots.below(2) == 0))
            .filter(|(left, right, _)| left != right)
            .collect();
        let mut order: Vec<usize> = (0..rows).collect();
        for place in (1..rows).rev() {
            order.swap(place, lots.below(place + 1));
        }
        let mut register = Register::default();
        for asking in order.chunks(chunk) {
            register.take(&linker, &persons, asking, &decided);
        }
        let all: Vec<usize> = (0..rows).collect();
        let at_once = book(&linker, &persons, &all);
        let decisions = decisions(&decided, &all);
        let found = linker.link(&at_once, &Circumstances { closed: None, decisions: &decisions });
        let expected = partition(found.parties.iter().enumerate().map(|(row, party)| (row, *party as usize)));
        prop_assert_eq!(register.partition(), expected);
    }
}
