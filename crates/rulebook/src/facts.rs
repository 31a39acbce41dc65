//! Facts (事实): what rules may look at, declared with type and meaning, and as columns of many rows.

use std::collections::HashMap;

use serde::Deserialize;

use crate::problem::Wording;

/// The type of a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// In Chinese.
    #[serde(default)]
    pub zh: String,
    /// In English.
    #[serde(default)]
    pub en: String,
}

/// A fact that rules may look at.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// By which rules name it: words joined by points, two or more, as `customer.age`.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Type,
    /// What it means.
    pub label: Label,
    /// The texts that it can be, if it is one of a list.
    #[serde(default)]
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
    /// Declared twice.
    #[error("fact {0} is declared twice")]
    Twice(String),
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
        let mut places = HashMap::new();
        for (place, fact) in facts.iter().enumerate() {
            let word = |word: &str| {
                let first = word.bytes().next();
                let rest =
                    |byte: u8| byte == b'_' || byte.is_ascii_lowercase() || byte.is_ascii_digit();
                first.is_some_and(|byte| byte.is_ascii_lowercase()) && word.bytes().all(rest)
            };
            if !fact.name.contains('.') || !fact.name.split('.').all(word) {
                return Err(FactProblem::Name(fact.name.clone()));
            }
            if places.insert(fact.name.clone(), place).is_some() {
                return Err(FactProblem::Twice(fact.name.clone()));
            }
        }
        Ok(Self { facts, places })
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
}

impl<'a> BatchBuilder<'a> {
    /// No rows yet, with room for so many.
    pub fn new(dictionary: &'a FactDictionary, rows: usize) -> Self {
        let column = |fact: &Fact| match fact.kind {
            Type::Boolean => Column::Boolean(Vec::with_capacity(rows)),
            Type::Integer | Type::Date => Column::Integer {
                values: Vec::with_capacity(rows),
                present: Vec::with_capacity(rows),
            },
            Type::Number => Column::Number {
                values: Vec::with_capacity(rows),
                present: Vec::with_capacity(rows),
            },
            Type::Text => Column::Text {
                codes: Vec::with_capacity(rows),
                words: Words::default(),
            },
            Type::Texts => Column::Texts {
                ends: Vec::with_capacity(rows),
                codes: Vec::new(),
                present: Vec::with_capacity(rows),
                words: Words::default(),
            },
        };
        let columns = dictionary.facts().iter().map(column).collect();
        Self {
            dictionary,
            batch: Batch { columns, rows: 0 },
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
        for (place, column) in self.batch.columns.iter_mut().enumerate() {
            let value = known.iter().find(|(of, _)| *of == place);
            column.push(value.map(|(_, value)| value));
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
