//! Numbers of a block of rows: comparisons and arithmetic.

use std::ops::Range;

use super::{Evaluator, FALSE, TRUE, known, lent};
use crate::expression::node::{Arithmetic, Comparison, Integer, Number};
use crate::expression::{days, moments};
use crate::facts::Column;

impl Evaluator<'_> {
    pub(super) fn compare_integers(
        &mut self,
        comparison: Comparison,
        both: &[Integer; 2],
        rows: Range<usize>,
        out: &mut [u8],
    ) {
        let [one, other] = both;
        if let (Integer::Fact(place), Integer::Known(bound)) = (one, other)
            && let Some(Column::Integer { values, present }) = self.batch.column(*place)
        {
            // The usual rule: a fact against a bound, without copying anything.
            let known = values[rows.clone()].iter().zip(&present[rows]);
            for (out, (value, present)) in out.iter_mut().zip(known) {
                // Without a branch, so that many rows are compared at once.
                *out = present * (u8::from(comparison.holds(value, bound)) * TRUE) + (1 - present);
            }
            return;
        }
        let mut values = lent(&mut self.integers, rows.len());
        let mut others = lent(&mut self.integers, rows.len());
        let mut present = lent(&mut self.truths, rows.len());
        let mut other_present = lent(&mut self.truths, rows.len());
        self.integer(one, rows.clone(), &mut values, &mut present);
        self.integer(other, rows, &mut others, &mut other_present);
        for row in 0..out.len() {
            let holds = comparison.holds(&values[row], &others[row]);
            out[row] = known(holds, present[row] & other_present[row]);
        }
        self.integers.extend([values, others]);
        self.truths.extend([present, other_present]);
    }

    pub(super) fn compare_numbers(
        &mut self,
        comparison: Comparison,
        both: &[Number; 2],
        rows: Range<usize>,
        out: &mut [u8],
    ) {
        let [one, other] = both;
        let mut values = lent(&mut self.numbers, rows.len());
        let mut others = lent(&mut self.numbers, rows.len());
        let mut present = lent(&mut self.truths, rows.len());
        let mut other_present = lent(&mut self.truths, rows.len());
        self.number(one, rows.clone(), &mut values, &mut present);
        self.number(other, rows, &mut others, &mut other_present);
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::Different);
        for row in 0..out.len() {
            let (value, other) = (&values[row], &others[row]);
            // What is no number, as zero by zero, equals nothing and has no place in an order.
            let ordered = is_equality || value.partial_cmp(other).is_some();
            let present = present[row] & other_present[row] & u8::from(ordered);
            out[row] = known(comparison.holds(value, other), present);
        }
        self.numbers.extend([values, others]);
        self.truths.extend([present, other_present]);
    }

    pub(super) fn integer(
        &mut self,
        node: &Integer,
        rows: Range<usize>,
        values: &mut [i64],
        present: &mut [u8],
    ) {
        match node {
            Integer::Known(value) => {
                values.fill(*value);
                present.fill(1);
            }
            Integer::Fact(place) => match self.batch.column(*place) {
                Some(Column::Integer {
                    values: all,
                    present: known,
                }) => {
                    values.copy_from_slice(&all[rows.clone()]);
                    present.copy_from_slice(&known[rows]);
                }
                _ => present.fill(0),
            },
            Integer::Count(place) => match self.batch.column(*place) {
                Some(Column::Texts {
                    ends,
                    present: known,
                    ..
                }) => {
                    present.copy_from_slice(&known[rows.clone()]);
                    for (value, row) in values.iter_mut().zip(rows) {
                        let start = if row == 0 { 0 } else { ends[row - 1] };
                        *value = i64::from(ends[row] - start);
                    }
                }
                _ => present.fill(0),
            },
            Integer::Negated(one) => {
                self.integer(one, rows, values, present);
                for (value, present) in values.iter_mut().zip(present) {
                    let (negated, overflows) = value.overflowing_neg();
                    *value = negated;
                    *present &= u8::from(!overflows);
                }
            }
            Integer::Arithmetic(arithmetic, both) => {
                self.both_integers(both, rows, values, present, |one, other| {
                    arithmetic.integers(one, other)
                });
            }
            Integer::Years(both) => {
                self.both_integers(both, rows, values, present, |from, to| {
                    Some(days::years(from, to))
                });
            }
            Integer::DayOf(moment) => self.days_of(moment, rows, values, present),
            Integer::If(asked, both) => {
                let mut choice = lent(&mut self.truths, rows.len());
                let mut others = lent(&mut self.integers, rows.len());
                let mut other_present = lent(&mut self.truths, rows.len());
                self.condition(asked, rows.clone(), &mut choice);
                self.integer(&both[1], rows.clone(), &mut others, &mut other_present);
                self.integer(&both[0], rows, values, present);
                choose(&choice, (values, present), (&others, &other_present));
                self.integers.push(others);
                self.truths.extend([choice, other_present]);
            }
        }
    }

    fn days_of(
        &mut self,
        moment: &Integer,
        rows: Range<usize>,
        values: &mut [i64],
        present: &mut [u8],
    ) {
        self.integer(moment, rows, values, present);
        for value in values {
            *value = moments::day_of(*value);
        }
    }

    fn both_integers(
        &mut self,
        both: &[Integer; 2],
        rows: Range<usize>,
        values: &mut [i64],
        present: &mut [u8],
        combine: impl Fn(i64, i64) -> Option<i64>,
    ) {
        let mut others = lent(&mut self.integers, rows.len());
        let mut other_present = lent(&mut self.truths, rows.len());
        self.integer(&both[1], rows.clone(), &mut others, &mut other_present);
        self.integer(&both[0], rows, values, present);
        for row in 0..values.len() {
            let known = present[row] & other_present[row] == 1;
            let combined = known.then(|| combine(values[row], others[row])).flatten();
            values[row] = combined.unwrap_or_default();
            present[row] = u8::from(combined.is_some());
        }
        self.integers.push(others);
        self.truths.push(other_present);
    }

    pub(super) fn number(
        &mut self,
        node: &Number,
        rows: Range<usize>,
        values: &mut [f64],
        present: &mut [u8],
    ) {
        match node {
            Number::Known(value) => {
                values.fill(*value);
                present.fill(1);
            }
            Number::Fact(place) => match self.batch.column(*place) {
                Some(Column::Number {
                    values: all,
                    present: known,
                }) => {
                    values.copy_from_slice(&all[rows.clone()]);
                    present.copy_from_slice(&known[rows]);
                }
                _ => present.fill(0),
            },
            Number::Of(one) => {
                let mut integers = lent(&mut self.integers, rows.len());
                self.integer(one, rows, &mut integers, present);
                for (value, integer) in values.iter_mut().zip(&integers) {
                    *value = *integer as f64;
                }
                self.integers.push(integers);
            }
            Number::Negated(one) => {
                self.number(one, rows, values, present);
                for value in values {
                    *value = -*value;
                }
            }
            Number::Arithmetic(arithmetic, both) => {
                let mut others = lent(&mut self.numbers, rows.len());
                let mut other_present = lent(&mut self.truths, rows.len());
                self.number(&both[1], rows.clone(), &mut others, &mut other_present);
                self.number(&both[0], rows, values, present);
                for row in 0..values.len() {
                    values[row] = arithmetic.numbers(values[row], others[row]);
                    present[row] &= other_present[row];
                }
                self.numbers.push(others);
                self.truths.push(other_present);
            }
            Number::If(asked, both) => {
                let mut choice = lent(&mut self.truths, rows.len());
                let mut others = lent(&mut self.numbers, rows.len());
                let mut other_present = lent(&mut self.truths, rows.len());
                self.condition(asked, rows.clone(), &mut choice);
                self.number(&both[1], rows.clone(), &mut others, &mut other_present);
                self.number(&both[0], rows, values, present);
                choose(&choice, (values, present), (&others, &other_present));
                self.numbers.push(others);
                self.truths.extend([choice, other_present]);
            }
        }
    }
}

/// Keeps what is there where a condition holds, takes the other where it does not, and nothing where that is missing.
fn choose<T: Copy>(
    choice: &[u8],
    (values, present): (&mut [T], &mut [u8]),
    (others, other_present): (&[T], &[u8]),
) {
    for (row, choice) in choice.iter().enumerate() {
        match *choice {
            TRUE => {}
            FALSE => {
                values[row] = others[row];
                present[row] = other_present[row];
            }
            _ => present[row] = 0,
        }
    }
}

impl Comparison {
    fn holds<T: PartialOrd>(self, one: &T, other: &T) -> bool {
        match self {
            Self::Equal => one == other,
            Self::Different => one != other,
            Self::Less => one < other,
            Self::AtMost => one <= other,
            Self::Greater => one > other,
            Self::AtLeast => one >= other,
        }
    }
}

impl Arithmetic {
    /// Nothing where the language says that it is an error: more than a number can hold, or division by zero.
    fn integers(self, one: i64, other: i64) -> Option<i64> {
        match self {
            Self::Add => one.checked_add(other),
            Self::Subtract => one.checked_sub(other),
            Self::Multiply => one.checked_mul(other),
            Self::Divide => one.checked_div(other),
            Self::Remainder => one.checked_rem(other),
        }
    }

    fn numbers(self, one: f64, other: f64) -> f64 {
        match self {
            Self::Add => one + other,
            Self::Subtract => one - other,
            Self::Multiply => one * other,
            Self::Divide => one / other,
            Self::Remainder => one % other,
        }
    }
}
