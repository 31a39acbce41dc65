//! Facts (事实): what rules may look at, declared with type and meaning, and as columns of many rows.

use std::collections::HashMap;
use std::fmt;

use crate::expression::{Outcome, written_day};
use crate::problem::Wording;

/// The type of a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// A day of the calendar.
    Date,
    /// A text.
    Text,
    /// Several texts.
    Texts,
}

impl Type {
    /// Every type.
    pub const ALL: [Self; 6] = [
        Self::Boolean,
        Self::Integer,
        Self::Number,
        Self::Date,
        Self::Text,
        Self::Texts,
    ];

    /// The word for it in packs and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
            Self::Text => "text",
            Self::Texts => "texts",
        }
    }

    /// The word for it in both languages.
    pub fn wording(self) -> Wording {
        let (zh, en) = match self {
            Self::Boolean => ("真假值", "boolean"),
            Self::Integer => ("整数", "integer"),
            Self::Number => ("小数", "number"),
            Self::Date => ("日期", "date"),
            Self::Text => ("文本", "text"),
            Self::Texts => ("多个文本", "texts"),
        };
        Wording::new(zh, en)
    }
}

/// A label in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Label {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A fact that rules may look at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// By which rules name it: words joined by points, two or more, as `customer.age`.
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// What it means.
    pub label: Label,
    /// The texts that it can be, if it is one of a list.
    pub values: Vec<String>,
}

/// All facts, each by its place.
#[derive(Clone, Debug, Default)]
pub struct FactDictionary {
    facts: Vec<Fact>,
    places: HashMap<String, usize>,
}

/// A fact that cannot be declared, or a value that it cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactProblem {
    /// Not words joined by points.
    #[error("{0} is no name of a fact: lower-case words joined by points are, two or more")]
    Name(String),
    /// Declared before, with another type or other values.
    #[error("fact {0} is declared otherwise before")]
    Otherwise(String),
    /// Nobody declared it.
    #[error("there is no fact {0}")]
    Unknown(String),
    /// A value of another type, or none of its list.
    #[error("fact {0} cannot be {1}")]
    Value(String, String),
}

impl FactDictionary {
    /// A dictionary of these facts.
    pub fn new(facts: Vec<Fact>) -> Result<Self, FactProblem> {
        let mut dictionary = Self::default();
        for fact in facts {
            dictionary.declare(fact)?;
        }
        Ok(dictionary)
    }

    /// Adds a fact and gives its place. Whoever declares one again must mean the same; the first label stays.
    pub fn declare(&mut self, fact: Fact) -> Result<usize, FactProblem> {
        let word = |word: &str| {
            let first = word.bytes().next();
            let rest =
                |byte: u8| byte == b'_' || byte.is_ascii_lowercase() || byte.is_ascii_digit();
            first.is_some_and(|byte| byte.is_ascii_lowercase()) && word.bytes().all(rest)
        };
        if !fact.name.contains('.') || !fact.name.split('.').all(word) {
            return Err(FactProblem::Name(fact.name));
        }
        if let Some(place) = self.place(&fact.name) {
            let known = &self.facts[place];
            let same = (known.kind, &known.values) == (fact.kind, &fact.values);
            return same
                .then_some(place)
                .ok_or(FactProblem::Otherwise(fact.name));
        }
        let place = self.facts.len();
        self.places.insert(fact.name.clone(), place);
        self.facts.push(fact);
        Ok(place)
    }

    /// The place of a fact.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// The fact at a place.
    pub fn fact(&self, place: usize) -> &Fact {
        &self.facts[place]
    }

    /// All facts.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }
}

/// A value of a fact.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// Days since 1 January 1970.
    Date(i32),
    /// A text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
}

impl fmt::Display for Value {
    /// As a pack writes it, without quotes.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(value) => value.fmt(formatter),
            Self::Integer(value) => value.fmt(formatter),
            Self::Number(value) => value.fmt(formatter),
            Self::Date(days) => written_day(*days).fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
            Self::Texts(texts) => write!(formatter, "[{}]", texts.join(", ")),
        }
    }
}

/// The values of one fact in many rows.
#[derive(Clone, Debug)]
pub(crate) enum Column {
    /// Truths as in [`crate::expression::evaluation`].
    Boolean(Vec<u8>),
    /// Whole numbers or days, and 1 where there is one.
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
    pub(crate) columns: Vec<Column>,
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

    /// Rows of which these columns alone are asked.
    pub(crate) fn of_columns<'v>(
        dictionary: &FactDictionary,
        rows: usize,
        given: impl Iterator<Item = (usize, impl Iterator<Item = Option<&'v Value>>)>,
    ) -> Self {
        let kinds = dictionary.facts().iter().map(|fact| fact.kind);
        let mut columns: Vec<Column> = kinds.map(|kind| Column::new(kind, 0)).collect();
        for (place, values) in given {
            for value in values {
                columns[place].push(value);
            }
        }
        Self { columns, rows }
    }

    /// Puts what an expression gives in the place of a fact of its type.
    pub(crate) fn fill(&mut self, place: usize, outcome: Outcome) {
        self.columns[place] = match outcome {
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
    }

    /// What a row says of the fact at a place.
    pub fn value(&self, place: usize, row: usize, kind: Type) -> Option<Value> {
        if self.lacks(place, row) {
            return None;
        }
        let text = |words: &Words, code: u32| words.list[code as usize - 1].clone();
        Some(match &self.columns[place] {
            Column::Boolean(truths) => Value::Boolean(truths[row] == 2),
            Column::Integer { values, .. } if kind == Type::Date => {
                Value::Date(i32::try_from(values[row]).ok()?)
            }
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
        match &self.columns[place] {
            Column::Boolean(truths) => truths[row] == 1,
            Column::Text { codes, .. } => codes[row] == 0,
            Column::Integer { present, .. }
            | Column::Number { present, .. }
            | Column::Texts { present, .. } => present[row] == 0,
        }
    }
}

/// Takes in row after row.
pub struct BatchBuilder<'a> {
    dictionary: &'a FactDictionary,
    batch: Batch,
    /// By the place of a fact: which of the values of the row is its own, from 1.
    given: Vec<usize>,
}

impl<'a> BatchBuilder<'a> {
    /// No rows yet, with room for so many.
    pub fn new(dictionary: &'a FactDictionary, rows: usize) -> Self {
        let columns = dictionary.facts().iter();
        let columns = columns.map(|fact| Column::new(fact.kind, rows)).collect();
        Self {
            dictionary,
            batch: Batch { columns, rows: 0 },
            given: vec![0; dictionary.facts().len()],
        }
    }

    /// Appends a row of what is known, each by the place of its fact; every other fact is missing.
    pub fn push(&mut self, known: &[(usize, Value)]) -> Result<(), FactProblem> {
        for (place, value) in known {
            let fact = self.dictionary.fact(*place);
            if !fits(fact, value) {
                return Err(FactProblem::Value(fact.name.clone(), format!("{value:?}")));
            }
        }
        for (number, (place, _)) in known.iter().enumerate() {
            self.given[*place] = number + 1;
        }
        for (column, given) in self.batch.columns.iter_mut().zip(&mut self.given) {
            let number = std::mem::take(given);
            column.push(number.checked_sub(1).map(|number| &known[number].1));
        }
        self.batch.rows += 1;
        Ok(())
    }

    /// The rows.
    pub fn finish(self) -> Batch {
        self.batch
    }
}

fn fits(fact: &Fact, value: &Value) -> bool {
    let listed = |text: &String| fact.values.is_empty() || fact.values.contains(text);
    match (fact.kind, value) {
        (Type::Boolean, Value::Boolean(_))
        | (Type::Integer, Value::Integer(_))
        | (Type::Date, Value::Date(_)) => true,
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
            Type::Integer | Type::Date => Self::Integer {
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

    fn push(&mut self, value: Option<&Value>) {
        match self {
            Self::Boolean(truths) => truths.push(match value {
                Some(Value::Boolean(truth)) => u8::from(*truth) * 2,
                _ => 1,
            }),
            Self::Integer { values, present } => {
                let value = match value {
                    Some(Value::Integer(value)) => Some(*value),
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
