//! Evaluation over columns, a block of rows at a time, so that a block's intermediate values stay in the cache.
//!
//! Truths are bytes in the order of their strength: 0 false, 1 missing, 2 true. So *and* is the lesser of two, *or* the
//! greater, *not* what is left to 2 (Kleene's strong logic, which is what errors do in the language).

mod computing;

use std::ops::Range;

use super::node::{Condition, Integer, TextTest, Typed};
use crate::facts::{Batch, Column};

const FALSE: u8 = 0;
const MISSING: u8 = 1;
const TRUE: u8 = 2;
/// Rows of a block.
const BLOCK: usize = 1_024;

/// What a condition is for a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Truth {
    /// It does not hold.
    False,
    /// A fact is missing, or cannot be computed, that would decide it.
    Missing,
    /// It holds.
    True,
}

/// What an expression gives for each row.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// Of a condition.
    Truths(Vec<Truth>),
    /// Whole numbers, days since 1970, or seconds since then.
    Integers(Vec<Option<i64>>),
    /// Numbers with fractions.
    Numbers(Vec<Option<f64>>),
    /// Nothing is computed with texts.
    Texts,
}

pub(super) fn evaluate(root: &Typed, batch: &Batch) -> Outcome {
    let mut evaluator = Evaluator {
        batch,
        tables: Vec::new(),
        truths: Vec::new(),
        integers: Vec::new(),
        numbers: Vec::new(),
    };
    let blocks = (0..batch.len()).step_by(BLOCK);
    let blocks = blocks.map(|start| start..(start + BLOCK).min(batch.len()));
    let block = BLOCK.min(batch.len());
    let mut present = vec![0; block];
    match root {
        Typed::Condition(condition) => {
            let mut truths = vec![MISSING; batch.len()];
            for rows in blocks {
                evaluator.condition(condition, rows.clone(), &mut truths[rows]);
            }
            Outcome::Truths(truths.into_iter().map(truth).collect())
        }
        Typed::Integer(integer) | Typed::Date(integer) | Typed::Moment(integer) => {
            let (mut all, mut values) = (Vec::with_capacity(batch.len()), vec![0; block]);
            for rows in blocks {
                let (values, present) = (&mut values[..rows.len()], &mut present[..rows.len()]);
                evaluator.integer(integer, rows, values, present);
                all.extend(
                    values
                        .iter()
                        .zip(present)
                        .map(|(value, present)| (*present == 1).then_some(*value)),
                );
            }
            Outcome::Integers(all)
        }
        Typed::Number(number) => {
            let (mut all, mut values) = (Vec::with_capacity(batch.len()), vec![0.0; block]);
            for rows in blocks {
                let (values, present) = (&mut values[..rows.len()], &mut present[..rows.len()]);
                evaluator.number(number, rows, values, present);
                all.extend(
                    values
                        .iter()
                        .zip(present)
                        .map(|(value, present)| (*present == 1).then_some(*value)),
                );
            }
            Outcome::Numbers(all)
        }
        Typed::Text(_) | Typed::Texts(_) | Typed::TextList(_) | Typed::IntegerList(_) => {
            Outcome::Texts
        }
    }
}

fn truth(byte: u8) -> Truth {
    match byte {
        FALSE => Truth::False,
        TRUE => Truth::True,
        _ => Truth::Missing,
    }
}

/// Evaluates nodes for one block of rows after the other; its memory serves again for the next.
struct Evaluator<'a> {
    batch: &'a Batch,
    /// By the number of a test: what it says of each text of its column.
    tables: Vec<Vec<u8>>,
    truths: Vec<Vec<u8>>,
    integers: Vec<Vec<i64>>,
    numbers: Vec<Vec<f64>>,
}

fn lent<T: Default + Clone>(pool: &mut Vec<Vec<T>>, rows: usize) -> Vec<T> {
    let mut lent = pool.pop().unwrap_or_default();
    lent.resize(rows, T::default());
    lent
}

impl Evaluator<'_> {
    fn condition(&mut self, node: &Condition, rows: Range<usize>, out: &mut [u8]) {
        match node {
            Condition::Known(truth) => out.fill(u8::from(*truth) * TRUE),
            Condition::Fact(place) => match self.batch.column(*place) {
                Some(Column::Boolean(truths)) => out.copy_from_slice(&truths[rows]),
                _ => out.fill(MISSING),
            },
            Condition::Has(place) => self.has(*place, rows, out),
            Condition::Not(one) => {
                self.condition(one, rows, out);
                for truth in out {
                    *truth = TRUE - *truth;
                }
            }
            Condition::And(both) => self.combined(both, rows, out, u8::min),
            Condition::Or(both) => self.combined(both, rows, out, u8::max),
            Condition::Same(both) => self.combined(both, rows, out, |one, other| {
                if one == MISSING || other == MISSING {
                    MISSING
                } else {
                    u8::from(one == other) * TRUE
                }
            }),
            Condition::If(parts) => self.chosen(parts, rows, out),
            Condition::Integers(comparison, both) => {
                self.compare_integers(*comparison, both, rows, out);
            }
            Condition::Numbers(comparison, both) => {
                self.compare_numbers(*comparison, both, rows, out);
            }
            Condition::Listed(one, list) => self.listed(one, list, rows, out),
            Condition::Asked { fact, test, number } => self.ask(*fact, test, *number, rows, out),
            Condition::SameText(one, other) => self.compare_texts(*one, *other, rows, out),
            Condition::Holds(place, text) => self.holds(*place, text, rows, out),
        }
    }

    fn chosen(&mut self, parts: &[Condition; 3], rows: Range<usize>, out: &mut [u8]) {
        let [asked, yes, no] = parts;
        let mut choice = lent(&mut self.truths, rows.len());
        let mut other = lent(&mut self.truths, rows.len());
        self.condition(asked, rows.clone(), &mut choice);
        self.condition(no, rows.clone(), &mut other);
        self.condition(yes, rows, out);
        for ((out, choice), other) in out.iter_mut().zip(&choice).zip(&other) {
            *out = [*other, MISSING, *out][usize::from(*choice)];
        }
        self.truths.extend([choice, other]);
    }

    fn listed(&mut self, one: &Integer, list: &[i64], rows: Range<usize>, out: &mut [u8]) {
        let mut values = lent(&mut self.integers, rows.len());
        self.integer(one, rows, &mut values, out);
        for (out, value) in out.iter_mut().zip(&values) {
            *out = known(list.binary_search(value).is_ok(), *out);
        }
        self.integers.push(values);
    }

    fn combined(
        &mut self,
        both: &[Condition; 2],
        rows: Range<usize>,
        out: &mut [u8],
        combine: impl Fn(u8, u8) -> u8,
    ) {
        let mut other = lent(&mut self.truths, rows.len());
        self.condition(&both[1], rows.clone(), &mut other);
        self.condition(&both[0], rows, out);
        for (out, other) in out.iter_mut().zip(&other) {
            *out = combine(*out, *other);
        }
        self.truths.push(other);
    }

    fn has(&self, place: usize, rows: Range<usize>, out: &mut [u8]) {
        let Some(column) = self.batch.column(place) else {
            out.fill(FALSE);
            return;
        };
        match column {
            Column::Boolean(truths) => {
                for (out, truth) in out.iter_mut().zip(&truths[rows]) {
                    *out = u8::from(*truth != MISSING) * TRUE;
                }
            }
            Column::Text { codes, .. } => {
                for (out, code) in out.iter_mut().zip(&codes[rows]) {
                    *out = u8::from(*code != 0) * TRUE;
                }
            }
            Column::Integer { present, .. }
            | Column::Number { present, .. }
            | Column::Texts { present, .. } => {
                for (out, present) in out.iter_mut().zip(&present[rows]) {
                    *out = *present * TRUE;
                }
            }
        }
    }

    fn ask(
        &mut self,
        fact: usize,
        test: &TextTest,
        number: usize,
        rows: Range<usize>,
        out: &mut [u8],
    ) {
        let Some(Column::Text { codes, words }) = self.batch.column(fact) else {
            out.fill(MISSING);
            return;
        };
        if self.tables.len() <= number {
            self.tables.resize(number + 1, Vec::new());
        }
        let table = &mut self.tables[number];
        if table.is_empty() {
            table.push(MISSING);
            table.extend(
                words
                    .list
                    .iter()
                    .map(|word| u8::from(test.holds(word)) * TRUE),
            );
        }
        for (out, code) in out.iter_mut().zip(&codes[rows]) {
            *out = table[*code as usize];
        }
    }

    fn compare_texts(&self, one: usize, other: usize, rows: Range<usize>, out: &mut [u8]) {
        let texts = |place: usize| match self.batch.column(place) {
            Some(Column::Text { codes, words }) => Some((codes, words)),
            _ => None,
        };
        let (Some((one, words)), Some((other, other_words))) = (texts(one), texts(other)) else {
            out.fill(MISSING);
            return;
        };
        let codes = one[rows.clone()].iter().zip(&other[rows]);
        for (out, (one, other)) in out.iter_mut().zip(codes) {
            *out = match (*one, *other) {
                (0, _) | (_, 0) => MISSING,
                (one, other) => {
                    let (one, other) = (one as usize - 1, other as usize - 1);
                    u8::from(words.list[one] == other_words.list[other]) * TRUE
                }
            };
        }
    }

    fn holds(&self, place: usize, text: &str, rows: Range<usize>, out: &mut [u8]) {
        let Some(Column::Texts {
            ends,
            codes,
            present,
            words,
        }) = self.batch.column(place)
        else {
            out.fill(MISSING);
            return;
        };
        let wanted = words.find(text);
        for (out, row) in out.iter_mut().zip(rows) {
            let start = if row == 0 { 0 } else { ends[row - 1] as usize };
            let own = &codes[start..ends[row] as usize];
            let held = wanted.is_some_and(|wanted| own.contains(&wanted));
            *out = if present[row] == 1 {
                u8::from(held) * TRUE
            } else {
                MISSING
            };
        }
    }
}

/// A truth that is missing unless both sides are there.
fn known(holds: bool, present: u8) -> u8 {
    if present == 1 {
        u8::from(holds) * TRUE
    } else {
        MISSING
    }
}
