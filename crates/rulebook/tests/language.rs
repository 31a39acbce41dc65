//! The evaluator against the language's own interpreter: random expressions over random facts, some of them missing.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::collections::HashMap;

use cel::{Context, Program};
use proptest::prelude::*;
use rulebook::{
    Batch, BatchBuilder, Expression, Fact, FactDictionary, Label, Outcome, Truth, Type, Value,
};

const FACTS: [(&str, Type); 11] = [
    ("a.whole", Type::Integer),
    ("a.other", Type::Integer),
    ("a.rate", Type::Number),
    ("a.share", Type::Number),
    ("b.yes", Type::Boolean),
    ("b.no", Type::Boolean),
    ("b.name", Type::Text),
    ("c.kind", Type::Text),
    ("c.tags", Type::Texts),
    ("c.born", Type::Date),
    ("c.told", Type::Moment),
];

fn dictionary() -> FactDictionary {
    let facts = FACTS.iter().map(|(name, kind)| Fact {
        name: (*name).to_owned(),
        kind: *kind,
        label: Label::default(),
        values: Vec::new(),
    });
    FactDictionary::new(facts.collect()).unwrap()
}

type Row = Vec<(usize, Value)>;

fn batch(dictionary: &FactDictionary, rows: &[Row]) -> Batch {
    let mut builder = BatchBuilder::new(dictionary, rows.len());
    for row in rows {
        builder.push(row).unwrap();
    }
    builder.finish()
}

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "王", "王小明", "ab", "abc", "小明"]).prop_map(str::to_owned)
}

fn integer() -> impl Strategy<Value = i64> {
    prop_oneof![8 => -3..4_i64, 1 => Just(i64::MAX), 1 => Just(i64::MIN)]
}

fn number() -> impl Strategy<Value = f64> {
    prop::sample::select(vec![0.0, -0.5, 0.5, 1.0, 2.5, -3.0, 1e300])
}

fn value(kind: Type) -> BoxedStrategy<Value> {
    match kind {
        Type::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        Type::Integer => integer().prop_map(Value::Integer).boxed(),
        Type::Number => number().prop_map(Value::Number).boxed(),
        Type::Date => (-3..4_i32).prop_map(Value::Date).boxed(),
        // Some on the day before 1970, at its last second and at the first of the next.
        Type::Moment => {
            prop::sample::select(vec![-86_401, -86_400, -1, 0, 1, 86_399, 86_400, 86_401])
                .prop_map(Value::Moment)
                .boxed()
        }
        Type::Text => text().prop_map(Value::Text).boxed(),
        Type::Texts => prop::collection::vec(text(), 0..3)
            .prop_map(Value::Texts)
            .boxed(),
    }
}

fn row() -> impl Strategy<Value = Row> {
    let facts: Vec<_> = FACTS
        .iter()
        .map(|(_, kind)| prop::option::weighted(0.75, value(*kind)))
        .collect();
    facts.prop_map(|values| {
        let known = values.into_iter().enumerate();
        known
            .filter_map(|(place, value)| Some((place, value?)))
            .collect()
    })
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(texts).prop_map(str::to_owned)
}

/// An expression of each type; those of one step are made of those of the step before.
#[derive(Clone, Debug)]
struct Texts {
    integer: String,
    number: String,
    date: String,
    moment: String,
    condition: String,
}

fn leaf() -> impl Strategy<Value = Texts> {
    let literal = prop_oneof![
        (-3..4_i64).prop_map(|value| value.to_string()),
        Just(i64::MAX.to_string())
    ];
    let quoted = || text().prop_map(|text| format!("\"{text}\""));
    let leaf = (
        prop_oneof![one_of(&["a.whole", "a.other", "size(c.tags)"]), literal],
        one_of(&["a.rate", "a.share", "0.5", "-2.0", "1e300"]),
        one_of(&["c.born", "date(\"1970-01-02\")", "date(c.told)"]),
        one_of(&[
            "c.told",
            "moment(\"1969-12-31T23:59:59\")",
            "moment(\"1970-01-02T00:00\")",
        ]),
        prop_oneof![
            one_of(&[
                "b.yes",
                "b.no",
                "true",
                "false",
                "has(a.whole)",
                "has(c.tags)",
                "has(b.name)",
                "(b.name == c.kind)",
                "(b.name != c.kind)"
            ]),
            quoted().prop_map(|text| format!("(b.name == {text})")),
            quoted().prop_map(|text| format!("({text} != c.kind)")),
            quoted().prop_map(|text| format!("({text} in c.tags)")),
            (quoted(), quoted()).prop_map(|(one, other)| format!("(b.name in [{one}, {other}])")),
            (quoted(), one_of(&["startsWith", "endsWith", "contains"]))
                .prop_map(|(text, test)| format!("c.kind.{test}({text})")),
        ],
    );
    leaf.prop_map(|(integer, number, date, moment, condition)| Texts {
        integer,
        number,
        date,
        moment,
        condition,
    })
}

fn expressions() -> impl Strategy<Value = Texts> {
    leaf().prop_recursive(4, 40, 3, |inner| {
        let signs = (
            one_of(&["+", "-", "*", "/", "%"]),
            one_of(&["+", "-", "*", "/"]),
            one_of(&["==", "!=", "<", "<=", ">", ">="]),
            one_of(&["&&", "||", "==", "!="]),
        );
        let parts = [inner.clone().boxed(), inner.clone().boxed(), inner.boxed()];
        (parts, signs, 0..10_u8).prop_map(composed)
    })
}

type Signs = (String, String, String, String);

fn composed(
    ([one, other, third], (sign, fraction_sign, compared, joined), which): ([Texts; 3], Signs, u8),
) -> Texts {
    Texts {
        integer: match which % 4 {
            0 => format!("({} {sign} {})", one.integer, other.integer),
            1 => format!(
                "({} ? {} : {})",
                third.condition, one.integer, other.integer
            ),
            2 => format!("(-{})", one.integer.trim_start_matches('-')),
            _ => format!("({} - {})", one.date, other.date),
        },
        number: match which % 3 {
            0 => format!("({} {fraction_sign} {})", one.number, other.number),
            1 => format!("({} ? {} : {})", third.condition, one.number, other.number),
            _ => format!("double({})", one.integer),
        },
        date: match which % 3 {
            0 => format!("({} ? {} : {})", third.condition, one.date, other.date),
            1 => format!("date({})", one.moment),
            _ => one.date.clone(),
        },
        moment: match which % 2 {
            0 => format!("({} ? {} : {})", third.condition, one.moment, other.moment),
            _ => one.moment.clone(),
        },
        condition: match which {
            0 => format!("({} {joined} {})", one.condition, other.condition),
            1 => format!("({} && {})", one.condition, other.condition),
            2 => format!("({} || {})", one.condition, other.condition),
            3 => format!("!({})", one.condition),
            4 => format!("({} {compared} {})", one.integer, other.integer),
            5 => format!("({} {compared} {})", one.number, other.number),
            6 => format!("({} {compared} {})", one.date, other.date),
            7 => format!("({} {compared} {})", one.moment, other.moment),
            8 => format!(
                "({} ? {} : {})",
                third.condition, one.condition, other.condition
            ),
            _ => format!("({} in [-1, 2, {}])", one.integer, i64::MAX),
        },
    }
}

/// What the interpreter says: an error of whatever kind is what we call missing.
fn interpreted(expression: &str, row: &Row) -> Truth {
    let program = Program::compile(expression).unwrap();
    let mut context = Context::default();
    context
        .add_function("date", |one: cel::Value| match one {
            cel::Value::Int(moment) => moment.div_euclid(86_400),
            _ => 1,
        })
        .unwrap();
    context
        .add_function("moment", |text: std::sync::Arc<String>| {
            if text.starts_with("1969") {
                -1
            } else {
                86_400_i64
            }
        })
        .unwrap();
    for group in ["a", "b", "c"] {
        let own = row
            .iter()
            .filter(|(place, _)| FACTS[*place].0.starts_with(group));
        let own = own.map(|(place, value)| {
            let value = match value {
                Value::Boolean(value) => cel::Value::from(*value),
                Value::Integer(value) | Value::Moment(value) => cel::Value::from(*value),
                Value::Number(value) => cel::Value::from(*value),
                Value::Date(days) => cel::Value::from(i64::from(*days)),
                Value::Text(text) => cel::Value::from(text.clone()),
                Value::Texts(texts) => cel::Value::from(texts.clone()),
            };
            (FACTS[*place].0[2..].to_owned(), value)
        });
        let own: HashMap<String, cel::Value> = own.collect();
        context.add_variable_from_value(group, own);
    }
    match program.execute(&context) {
        Ok(cel::Value::Bool(true)) => Truth::True,
        Ok(cel::Value::Bool(false)) => Truth::False,
        Ok(other) => panic!("{expression} gives {other:?}"),
        Err(_) => Truth::Missing,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn the_evaluator_says_what_the_interpreter_says(texts in expressions(), rows in prop::collection::vec(row(), 1..4)) {
        let dictionary = dictionary();
        let expression = Expression::condition(&texts.condition, &dictionary).unwrap();
        let Outcome::Truths(found) = expression.evaluate(&batch(&dictionary, &rows)) else {
            panic!("a condition gives truths");
        };
        let expected: Vec<Truth> = rows.iter().map(|row| interpreted(&texts.condition, row)).collect();
        prop_assert_eq!(found, expected, "{}", texts.condition);
    }

    #[test]
    fn whatever_is_written_is_compiled_or_refused(text in "[ab.\\[\\]()\"'?:!&|<>=+*/%0-9王e,{}\\\\ -]{0,60}", spoilt in expressions(), cut in 0..200_usize) {
        let dictionary = dictionary();
        let cut = spoilt.condition.char_indices().nth(cut).map_or(0, |(place, _)| place);
        let half = &spoilt.condition[cut..];
        for text in [text.as_str(), half, &format!("{half}{text}")] {
            for problem in Expression::compile(text, &dictionary).err().into_iter().flatten() {
                prop_assert!(problem.span.start <= text.len(), "{text}: {problem:?}");
            }
        }
    }
}
