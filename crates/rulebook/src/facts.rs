//! Facts (事实): what rules may look at, declared with type and meaning, and as columns of many rows.

mod batch;

use std::collections::{HashMap, HashSet};
use std::fmt;

pub(crate) use batch::Column;
pub use batch::{Batch, BatchBuilder};

use crate::expression::{written_day, written_moment};
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
    /// A moment on the clock of the institution, to the second.
    #[doc(alias = "时刻")]
    Moment,
    /// A text.
    Text,
    /// Several texts.
    Texts,
}

impl Type {
    /// Every type.
    pub const ALL: [Self; 7] = [
        Self::Boolean,
        Self::Integer,
        Self::Number,
        Self::Date,
        Self::Moment,
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
            Self::Moment => "moment",
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
            Self::Moment => ("时刻", "moment"),
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
    /// Names whose declaration was refused: that was told, and whoever looks at them is not to blame.
    refused: HashSet<String>,
}

/// What a name stands for.
pub(crate) enum Named {
    /// The fact at a place.
    Known(usize),
    /// A fact whose declaration was refused, which was told.
    Refused,
    /// Nothing.
    Unknown,
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

    /// Remembers that somebody meant to declare a fact.
    pub(crate) fn refuse(&mut self, name: &str) {
        self.refused.insert(name.to_owned());
    }

    /// What a name stands for.
    pub(crate) fn named(&self, name: &str) -> Named {
        if self.refused.contains(name) {
            return Named::Refused;
        }
        self.place(name).map_or(Named::Unknown, Named::Known)
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
    /// Seconds since 1 January 1970 on the clock of the institution, which has no zone.
    Moment(i64),
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
            Self::Moment(moment) => written_moment(*moment).fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
            Self::Texts(texts) => write!(formatter, "[{}]", texts.join(", ")),
        }
    }
}
