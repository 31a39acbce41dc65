//! Many rows of facts, column by column. A column stands there from the first value on: of what nobody knows there is
//! none, so that rows of a few facts cost nothing for the others that are declared.

use std::collections::HashMap;

use super::{Fact, FactDictionary, FactProblem, Type, Value};
use crate::expression::Outcome;

/// The values of one fact in many rows.
#[derive(Clone, Debug)]
pub(crate) enum Column {
    /// Truths as in [`crate::expression::evaluation`].
    Boolean(Vec<u8>),
    /// Whole numbers, days or moments, and 1 where there is one.
    Integer { values: Vec<i64>, present: Vec<u8> },
    /// Numbers, and 1 where there is one.
    Number { values: Vec<f64>, present: Vec<u8> },
    /// Each text by its number among the words, from 1; 0 where there is none.
    Text { codes: Vec<u32>, words: Words },
    /// The texts of each row by their numbers, and 1 where it is known which there are.
    Texts {
        ends: Vec<u32>,
        codes: Vec<u32>,
        present: Vec<u8>,
        words: Words,
    },
}

/// Distinct texts in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub list: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Words {
    /// The number of a text, from 1.
    fn number(&mut self, text: String) -> u32 {
        let next = self.list.len() as u32 + 1;
        let list = &mut self.list;
        *self.numbers.entry(text).or_insert_with_key(|text| {
            list.push(text.clone());
            next
        })
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }
}

/// Many rows of facts, column by column.
#[derive(Clone, Debug)]
pub struct Batch {
    /// By the place of a fact; none where no row has it.
    columns: Vec<Option<Box<Column>>>,
    rows: usize,
}

impl Batch {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The values of the fact at a place, if any row has one.
    pub(crate) fn column(&self, place: usize) -> Option<&Column> {
        self.columns.get(place)?.as_deref()
    }

    /// Rows of these columns.
    pub(crate) fn of_columns<'v>(
        dictionary: &FactDictionary,
        rows: usize,
        given: impl Iterator<Item = (usize, impl Iterator<Item = Option<&'v Value>>)>,
    ) -> Self {
        let mut columns = vec![None; dictionary.facts().len()];
        for (place, values) in given {
            let mut column = Column::new(dictionary.fact(place).kind, rows);
            for value in values {
                column.push(value);
            }
            columns[place] = Some(Box::new(column));
        }
        Self { columns, rows }
    }

    /// Puts what an expression gives in the place of a fact of its type.
    pub(crate) fn fill(&mut self, place: usize, outcome: Outcome) {
        if self.columns.len() <= place {
            self.columns.resize(place + 1, None);
        }
        let column = match outcome {
            Outcome::Truths(truths) => {
                Column::Boolean(truths.into_iter().map(|truth| truth as u8).collect())
            }
            Outcome::Integers(found) => Column::Integer {
                present: found
                    .iter()
                    .map(|value| u8::from(value.is_some()))
                    .collect(),
                values: found.into_iter().map(Option::unwrap_or_default).collect(),
            },
            Outcome::Numbers(found) => Column::Number {
                present: found
                    .iter()
                    .map(|value| u8::from(value.is_some()))
                    .collect(),
                values: found.into_iter().map(Option::unwrap_or_default).collect(),
            },
            Outcome::Texts => return,
        };
        self.columns[place] = Some(Box::new(column));
    }

    /// What a row says of the fact at a place.
    pub fn value(&self, place: usize, row: usize, kind: Type) -> Option<Value> {
        if self.lacks(place, row) {
            return None;
        }
        let text = |words: &Words, code: u32| words.list[code as usize - 1].clone();
        Some(match self.column(place)? {
            Column::Boolean(truths) => Value::Boolean(truths[row] == 2),
            Column::Integer { values, .. } if kind == Type::Date => {
                Value::Date(i32::try_from(values[row]).ok()?)
            }
            Column::Integer { values, .. } if kind == Type::Moment => Value::Moment(values[row]),
            Column::Integer { values, .. } => Value::Integer(values[row]),
            Column::Number { values, .. } => Value::Number(values[row]),
            Column::Text { codes, words } => Value::Text(text(words, codes[row])),
            Column::Texts {
                ends, codes, words, ..
            } => {
                let start = if row == 0 { 0 } else { ends[row - 1] as usize };
                let own = codes[start..ends[row] as usize].iter();
                Value::Texts(own.map(|code| text(words, *code)).collect())
            }
        })
    }

    /// Whether a row lacks the fact at a place.
    pub fn lacks(&self, place: usize, row: usize) -> bool {
        self.column(place).is_none_or(|column| match column {
            Column::Boolean(truths) => truths[row] == 1,
            Column::Text { codes, .. } => codes[row] == 0,
            Column::Integer { present, .. }
            | Column::Number { present, .. }
            | Column::Texts { present, .. } => present[row] == 0,
        })
    }
}

/// Takes in row after row.
pub struct BatchBuilder<'a> {
    dictionary: &'a FactDictionary,
    batch: Batch,
    room: usize,
}

impl<'a> BatchBuilder<'a> {
    /// No rows yet, with room for so many.
    pub fn new(dictionary: &'a FactDictionary, rows: usize) -> Self {
        let columns = vec![None; dictionary.facts().len()];
        Self {
            dictionary,
            batch: Batch { columns, rows: 0 },
            room: rows,
        }
    }

    /// Appends a row of what is known, each by the place of its fact; every other fact is missing. Of two values of
    /// one fact the last counts.
    pub fn push(&mut self, known: &[(usize, Value)]) -> Result<(), FactProblem> {
        for (place, value) in known {
            let fact = self.dictionary.fact(*place);
            if !fits(fact, value) {
                return Err(FactProblem::Value(fact.name.clone(), format!("{value:?}")));
            }
        }
        let row = self.batch.rows;
        for (place, value) in known.iter().rev() {
            let kind = self.dictionary.fact(*place).kind;
            let column = self.batch.columns[*place]
                .get_or_insert_with(|| Box::new(Column::new(kind, self.room)));
            if column.len() <= row {
                column.pad(row);
                column.push(Some(value));
            }
        }
        self.batch.rows += 1;
        Ok(())
    }

    /// The rows.
    pub fn finish(mut self) -> Batch {
        let rows = self.batch.rows;
        for column in self.batch.columns.iter_mut().flatten() {
            column.pad(rows);
        }
        self.batch
    }
}

fn fits(fact: &Fact, value: &Value) -> bool {
    let listed = |text: &String| fact.values.is_empty() || fact.values.contains(text);
    match (fact.kind, value) {
        (Type::Boolean, Value::Boolean(_))
        | (Type::Integer, Value::Integer(_))
        | (Type::Date, Value::Date(_))
        | (Type::Moment, Value::Moment(_)) => true,
        (Type::Number, Value::Number(number)) => number.is_finite(),
        (Type::Text, Value::Text(text)) => listed(text),
        (Type::Texts, Value::Texts(texts)) => texts.iter().all(listed),
        _ => false,
    }
}

impl Column {
    fn new(kind: Type, rows: usize) -> Self {
        match kind {
            Type::Boolean => Self::Boolean(Vec::with_capacity(rows)),
            Type::Integer | Type::Date | Type::Moment => Self::Integer {
                values: Vec::with_capacity(rows),
                present: Vec::with_capacity(rows),
            },
            Type::Number => Self::Number {
                values: Vec::with_capacity(rows),
                present: Vec::with_capacity(rows),
            },
            Type::Text => Self::Text {
                codes: Vec::with_capacity(rows),
                words: Words::default(),
            },
            Type::Texts => Self::Texts {
                ends: Vec::with_capacity(rows),
                codes: Vec::new(),
                present: Vec::with_capacity(rows),
                words: Words::default(),
            },
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Boolean(truths) => truths.len(),
            Self::Text { codes, .. } => codes.len(),
            Self::Integer { present, .. }
            | Self::Number { present, .. }
            | Self::Texts { present, .. } => present.len(),
        }
    }

    /// Adds rows without a value until there are so many.
    fn pad(&mut self, rows: usize) {
        match self {
            Self::Boolean(truths) => truths.resize(rows, 1),
            Self::Text { codes, .. } => codes.resize(rows, 0),
            Self::Integer { values, present } => {
                values.resize(rows, 0);
                present.resize(rows, 0);
            }
            Self::Number { values, present } => {
                values.resize(rows, 0.0);
                present.resize(rows, 0);
            }
            Self::Texts {
                ends,
                codes,
                present,
                ..
            } => {
                ends.resize(rows, codes.len() as u32);
                present.resize(rows, 0);
            }
        }
    }

    fn push(&mut self, value: Option<&Value>) {
        match self {
            Self::Boolean(truths) => truths.push(match value {
                Some(Value::Boolean(truth)) => u8::from(*truth) * 2,
                _ => 1,
            }),
            Self::Integer { values, present } => {
                let value = match value {
                    Some(Value::Integer(value) | Value::Moment(value)) => Some(*value),
                    Some(Value::Date(days)) => Some(i64::from(*days)),
                    _ => None,
                };
                values.push(value.unwrap_or_default());
                present.push(u8::from(value.is_some()));
            }
            Self::Number { values, present } => {
                let value = match value {
                    Some(Value::Number(value)) => Some(*value),
                    _ => None,
                };
                values.push(value.unwrap_or_default());
                present.push(u8::from(value.is_some()));
            }
            Self::Text { codes, words } => codes.push(match value {
                Some(Value::Text(text)) => words.number(text.clone()),
                _ => 0,
            }),
            Self::Texts {
                ends,
                codes,
                present,
                words,
            } => {
                if let Some(Value::Texts(texts)) = value {
                    codes.extend(texts.iter().map(|text| words.number(text.clone())));
                }
                present.push(u8::from(value.is_some()));
                ends.push(codes.len() as u32);
            }
        }
    }
}
