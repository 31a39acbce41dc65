//! Whether a condition can ever decide: it is tried on one row for every way in which its facts can lie between the
//! constants that they are compared with. Where an expression does more than compare facts with constants, or the rows
//! were too many, nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use super::moments::DAY;
use super::node::{Condition, Integer, Number, TextTest, Typed};
use super::{Expression, Outcome, Truth};
use crate::facts::{Batch, FactDictionary, Type, Value};

/// Rows that are tried.
const MOST_ROWS: usize = 4_096;

impl Expression {
    /// Of conditions that are looked at in order, which are the first to hold for some row; nothing where that is not
    /// known.
    pub(crate) fn first_to_hold(
        conditions: &[&Self],
        dictionary: &FactDictionary,
    ) -> Option<Vec<bool>> {
        let mut cuts = Cuts {
            dictionary,
            of: BTreeMap::new(),
        };
        for condition in conditions {
            match &condition.root {
                Typed::Condition(root) => cuts.condition(root)?,
                _ => return None,
            }
        }
        let rows = cuts.rows()?;
        let mut open = vec![true; rows.len()];
        let mut first = Vec::with_capacity(conditions.len());
        for condition in conditions {
            let Outcome::Truths(truths) = condition.evaluate(&rows) else {
                return None;
            };
            let mut reached = false;
            for (open, truth) in open.iter_mut().zip(truths) {
                if *open && truth == Truth::True {
                    (*open, reached) = (false, true);
                }
            }
            first.push(reached);
        }
        Some(first)
    }
}

/// Values that facts are compared with.
struct Cuts<'a> {
    dictionary: &'a FactDictionary,
    of: BTreeMap<usize, Cut>,
}

#[derive(Default)]
struct Cut {
    integers: BTreeSet<i64>,
    numbers: Vec<f64>,
    texts: BTreeSet<String>,
}

impl Cuts<'_> {
    fn condition(&mut self, node: &Condition) -> Option<()> {
        match node {
            Condition::Known(_) => {}
            Condition::Fact(place) => _ = self.cut(*place),
            // Whatever is known will do.
            Condition::Has(place) => match self.dictionary.fact(*place).kind {
                Type::Integer | Type::Date | Type::Moment => {
                    _ = self.cut(*place).integers.insert(0);
                }
                Type::Number => self.cut(*place).numbers.push(0.0),
                Type::Boolean | Type::Text | Type::Texts => _ = self.cut(*place),
            },
            Condition::Not(one) => self.condition(one)?,
            Condition::And(both) | Condition::Or(both) | Condition::Same(both) => {
                both.iter().try_for_each(|one| self.condition(one))?;
            }
            Condition::If(parts) => parts.iter().try_for_each(|one| self.condition(one))?,
            Condition::Integers(_, both) => match &**both {
                [Integer::DayOf(moment), day] | [day, Integer::DayOf(moment)] => {
                    self.day_of(moment, whole(day)?)?;
                }
                [Integer::Fact(place), bound] | [bound, Integer::Fact(place)] => {
                    let bound = whole(bound)?;
                    self.cut(*place).integers.insert(bound);
                }
                _ => return None,
            },
            Condition::Numbers(_, both) => match &**both {
                [one, bound] if number(bound).is_some() => self.number(one, number(bound)?)?,
                [bound, one] => self.number(one, number(bound)?)?,
            },
            Condition::Listed(one, list) => match **one {
                Integer::Fact(place) => self.cut(place).integers.extend(list),
                _ => return None,
            },
            Condition::Asked { fact, test, .. } => self.text(*fact, test)?,
            Condition::Holds(place, text) => _ = self.cut(*place).texts.insert(text.clone()),
            Condition::SameText(..) => return None,
        }
        Some(())
    }

    fn cut(&mut self, place: usize) -> &mut Cut {
        self.of.entry(place).or_default()
    }

    /// A day begins with its first moment and ends where the next begins.
    fn day_of(&mut self, moment: &Integer, day: i64) -> Option<()> {
        let Integer::Fact(place) = moment else {
            return None;
        };
        let ends = [day, day.saturating_add(1)].map(|day| day.saturating_mul(DAY));
        self.cut(*place).integers.extend(ends);
        Some(())
    }

    fn number(&mut self, node: &Number, bound: f64) -> Option<()> {
        match node {
            Number::Fact(place) => self.cut(*place).numbers.push(bound),
            Number::Of(whole) => match **whole {
                Integer::Fact(place) => {
                    let bounds = [bound.floor() as i64, bound.ceil() as i64];
                    self.cut(place).integers.extend(bounds);
                }
                _ => return None,
            },
            _ => return None,
        }
        Some(())
    }

    fn text(&mut self, place: usize, test: &TextTest) -> Option<()> {
        let is_listed = !self.dictionary.fact(place).values.is_empty();
        let cut = self.cut(place);
        match test {
            TextTest::OneOf(texts) => cut.texts.extend(texts.iter().cloned()),
            _ if is_listed => {}
            _ => return None,
        }
        Some(())
    }

    /// A row for every way in which the facts can lie.
    fn rows(&self) -> Option<Batch> {
        let mut choices: Vec<(usize, Vec<Option<Value>>)> = Vec::new();
        let mut rows = 1_usize;
        for (place, cut) in &self.of {
            let fact = self.dictionary.fact(*place);
            let values = cut.values(fact.kind, &fact.values)?;
            rows = rows
                .checked_mul(values.len())
                .filter(|rows| *rows <= MOST_ROWS)?;
            choices.push((*place, values));
        }
        let columns = choices.iter().scan(1, |repeat, (place, values)| {
            let each = *repeat;
            *repeat *= values.len();
            let column = (0..rows).map(move |row| values[row / each % values.len()].as_ref());
            Some((*place, column))
        });
        Some(Batch::of_columns(self.dictionary, rows, columns))
    }
}

impl Cut {
    /// A value for each place at which a fact can lie, and none.
    fn values(&self, kind: Type, listed: &[String]) -> Option<Vec<Option<Value>>> {
        let beside = |at: &i64| [at.saturating_sub(1), *at, at.saturating_add(1)];
        let integers: BTreeSet<i64> = self.integers.iter().flat_map(beside).collect();
        let mut values: Vec<Option<Value>> = match kind {
            Type::Boolean => vec![Some(Value::Boolean(false)), Some(Value::Boolean(true))],
            Type::Integer => integers
                .into_iter()
                .map(|at| Some(Value::Integer(at)))
                .collect(),
            Type::Date => {
                let days = integers.into_iter();
                let days = days.map(|day| Some(Value::Date(i32::try_from(day).ok()?)));
                days.collect()
            }
            Type::Moment => {
                let moments = integers.into_iter();
                moments.map(|at| Some(Value::Moment(at))).collect()
            }
            Type::Number => {
                let beside = |at: &f64| [at.next_down(), *at, at.next_up()];
                let mut numbers: Vec<f64> = self.numbers.iter().flat_map(beside).collect();
                numbers.sort_by(f64::total_cmp);
                numbers.dedup();
                let numbers = numbers.into_iter();
                numbers.map(|at| Some(Value::Number(at))).collect()
            }
            Type::Text if !listed.is_empty() => listed
                .iter()
                .map(|text| Some(Value::Text(text.clone())))
                .collect(),
            Type::Text => {
                let mut other = "其他".to_owned();
                while self.texts.contains(&other) {
                    other.push('*');
                }
                let texts = self.texts.iter().cloned().chain([other]);
                texts.map(|text| Some(Value::Text(text))).collect()
            }
            Type::Texts => self.subsets()?,
        };
        values.push(None);
        Some(values)
    }

    fn subsets(&self) -> Option<Vec<Option<Value>>> {
        let texts: Vec<&String> = self.texts.iter().collect();
        let count = u32::try_from(texts.len())
            .ok()
            .filter(|count| *count <= 6)?;
        let subset = |chosen: u32| {
            let texts = texts.iter().enumerate();
            let own = texts.filter(|(place, _)| chosen >> place & 1 == 1);
            Some(Value::Texts(own.map(|(_, text)| (*text).clone()).collect()))
        };
        Some((0..1_u32 << count).map(subset).collect())
    }
}

fn whole(node: &Integer) -> Option<i64> {
    match node {
        Integer::Known(value) => Some(*value),
        Integer::Negated(one) => whole(one)?.checked_neg(),
        _ => None,
    }
}

fn number(node: &Number) -> Option<f64> {
    match node {
        Number::Known(value) => Some(*value),
        Number::Negated(one) => Some(-number(one)?),
        Number::Of(one) => Some(whole(one)? as f64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Fact, Label};

    fn reached(conditions: &[&str]) -> Option<Vec<bool>> {
        let fact = |name: &str, kind, values: &[&str]| Fact {
            name: name.to_owned(),
            kind,
            label: Label::default(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let facts = vec![
            fact("a.amount", Type::Number, &[]),
            fact("a.age", Type::Integer, &[]),
            fact("a.kind", Type::Text, &["person", "company"]),
            fact("a.from", Type::Date, &[]),
            fact("a.received", Type::Moment, &[]),
            fact("a.tags", Type::Texts, &[]),
            fact("a.name", Type::Text, &[]),
        ];
        let dictionary = FactDictionary::new(facts).unwrap();
        let compile = |text: &&str| Expression::condition(text, &dictionary).unwrap();
        let conditions: Vec<Expression> = conditions.iter().map(compile).collect();
        Expression::first_to_hold(&conditions.iter().collect::<Vec<_>>(), &dictionary)
    }

    #[test]
    fn a_condition_that_contradicts_itself_is_never_reached() {
        assert_eq!(reached(&["a.age < 18 && a.age > 60"]), Some(vec![false]));
        assert_eq!(reached(&["a.age < 18 && a.age > 16"]), Some(vec![true]));
        assert_eq!(
            reached(&["a.amount < 1.0 && a.amount >= 1.0"]),
            Some(vec![false])
        );
        let both = "a.kind == \"person\" && a.kind == \"company\"";
        assert_eq!(reached(&[both]), Some(vec![false]));
        assert_eq!(
            reached(&["has(a.from) && !has(a.amount)"]),
            Some(vec![true])
        );
    }

    #[test]
    fn a_row_behind_one_that_says_more_is_never_reached() {
        let rows = ["a.amount >= 5.0", "a.amount >= 10.0", "a.amount < 5.0"];
        assert_eq!(reached(&rows), Some(vec![true, false, true]));
        let rows = [
            "a.kind == \"person\"",
            "a.kind != \"person\"",
            "has(a.kind)",
        ];
        assert_eq!(reached(&rows), Some(vec![true, true, false]));
        let rows = [
            "\"x\" in a.tags",
            "\"y\" in a.tags",
            "\"x\" in a.tags && \"y\" in a.tags",
        ];
        assert_eq!(reached(&rows), Some(vec![true, true, false]));
        // As often as they are compared with the same number, facts lie in no more places.
        let found = reached(&vec!["a.amount >= 5.0"; 2_000]).unwrap();
        assert_eq!(found.iter().filter(|reached| **reached).count(), 1);
        let rows = [
            "a.from > date(\"2026-01-01\")",
            "a.from >= date(\"2026-01-01\")",
        ];
        assert_eq!(reached(&rows), Some(vec![true, true]));
    }

    #[test]
    fn a_day_has_all_its_moments_and_no_other() {
        let within = "a.received >= moment(\"2026-01-02T00:00\") && a.received <= moment(\"2026-01-02T23:59:59\")";
        let on = "date(a.received) == date(\"2026-01-02\")";
        assert_eq!(reached(&[within, on]), Some(vec![true, false]));
        assert_eq!(reached(&[on, within]), Some(vec![true, false]));
        let morning = "a.received < moment(\"2026-01-02T12:00\")";
        assert_eq!(reached(&[morning, on]), Some(vec![true, true]));
        let after = "date(\"2026-01-02\") < date(a.received)";
        assert_eq!(reached(&[within, after, on]), Some(vec![true, true, false]));
        assert_eq!(
            reached(&["has(a.received)", after]),
            Some(vec![true, false])
        );
    }

    #[test]
    fn nothing_is_said_of_what_is_not_compared_with_constants() {
        assert_eq!(reached(&["a.age + 1 > 3"]), None);
        assert_eq!(reached(&["a.name.startsWith(\"a\")"]), None);
        assert_eq!(reached(&["a.kind.startsWith(\"p\")"]), Some(vec![true]));
    }
}
