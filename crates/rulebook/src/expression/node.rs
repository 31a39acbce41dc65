//! A checked expression: each node is of one type, so that evaluating never asks.

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Comparison {
    Equal,
    Different,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// What two numbers are made into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// True, false or missing.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Known(bool),
    Fact(usize),
    Has(usize),
    Not(Box<Condition>),
    And(Box<[Condition; 2]>),
    Or(Box<[Condition; 2]>),
    If(Box<[Condition; 3]>),
    Same(Box<[Condition; 2]>),
    Integers(Comparison, Box<[Integer; 2]>),
    Numbers(Comparison, Box<[Number; 2]>),
    /// Whether a number is one of these, in order.
    Listed(Box<Integer>, Vec<i64>),
    /// What is asked of the text of a fact; each question of an expression has a number.
    Asked {
        fact: usize,
        test: TextTest,
        number: usize,
    },
    /// Whether two facts say the same text.
    SameText(usize, usize),
    /// Whether a text is among those of a fact.
    Holds(usize, String),
}

/// A question to a text.
#[derive(Clone, Debug)]
pub(super) enum TextTest {
    OneOf(Vec<String>),
    StartsWith(String),
    EndsWith(String),
    Contains(String),
}

impl TextTest {
    pub fn holds(&self, text: &str) -> bool {
        match self {
            Self::OneOf(texts) => texts.iter().any(|one| one == text),
            Self::StartsWith(start) => text.starts_with(start.as_str()),
            Self::EndsWith(end) => text.ends_with(end.as_str()),
            Self::Contains(part) => text.contains(part.as_str()),
        }
    }
}

/// A whole number, a day as days since 1970, or a moment as seconds since then.
#[derive(Clone, Debug)]
pub(super) enum Integer {
    Known(i64),
    Fact(usize),
    /// How many texts a fact has.
    Count(usize),
    Negated(Box<Integer>),
    Arithmetic(Arithmetic, Box<[Integer; 2]>),
    If(Box<Condition>, Box<[Integer; 2]>),
    /// Full years from one day to another.
    Years(Box<[Integer; 2]>),
    /// The day of a moment.
    DayOf(Box<Integer>),
}

/// A number with a fraction.
#[derive(Clone, Debug)]
pub(super) enum Number {
    Known(f64),
    Fact(usize),
    Of(Box<Integer>),
    Negated(Box<Number>),
    Arithmetic(Arithmetic, Box<[Number; 2]>),
    If(Box<Condition>, Box<[Number; 2]>),
}

/// A text that is known, or the place of the fact that says it.
#[derive(Clone, Debug)]
pub(super) enum Text {
    Known(String),
    Fact(usize),
}

/// A node of any type.
#[derive(Clone, Debug)]
pub(super) enum Typed {
    Condition(Condition),
    Integer(Integer),
    Number(Number),
    Date(Integer),
    Moment(Integer),
    Text(Text),
    Texts(usize),
    TextList(Vec<String>),
    IntegerList(Vec<i64>),
}
