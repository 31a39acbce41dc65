//! Types of operators and functions.

use cel::common::ast::operators as operator;
use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};

use super::Checker;
use crate::expression::node::{
    Arithmetic, Comparison, Condition, Integer, Number, Text, TextTest, Typed,
};
use crate::expression::{days, moments};
use crate::problem::Wording;

impl Checker<'_> {
    pub(super) fn call(&mut self, at: &IdedExpr, call: &CallExpr) -> Option<Typed> {
        if let Some(target) = &call.target {
            return self.method(at, call, target);
        }
        let name = call.func_name.as_str();
        match (name, call.args.as_slice()) {
            (operator::LOGICAL_NOT, [one]) => {
                let one = self.condition(one)?;
                Some(Typed::Condition(Condition::Not(Box::new(one))))
            }
            (operator::LOGICAL_AND | operator::LOGICAL_OR, [left, right]) => {
                let (left, right) = (self.condition(left), self.condition(right));
                let both = Box::new([left?, right?]);
                Some(Typed::Condition(match name {
                    operator::LOGICAL_AND => Condition::And(both),
                    _ => Condition::Or(both),
                }))
            }
            (operator::CONDITIONAL, [condition, yes, no]) => self.choice(at, condition, yes, no),
            (operator::NEGATE, [one]) => self.negated(at, one),
            (operator::IN, [one, list]) => self.membership(at, one, list),
            (operator::INDEX, _) => {
                self.unknown_function(at, "[ ]");
                None
            }
            ("date", [one]) => self.date(at, one),
            ("moment", [text]) => self.moment(at, text),
            ("years", [from, to]) => {
                let (from, to) = (self.day(from), self.day(to));
                Some(Typed::Integer(Integer::Years(Box::new([from?, to?]))))
            }
            ("double", [one]) => match self.typed(one)? {
                Typed::Integer(one) => Some(Typed::Number(Number::Of(Box::new(one)))),
                number @ Typed::Number(_) => Some(number),
                other => self.mistyped(at, "double", &[&other]),
            },
            ("size", [one]) => match self.typed(one)? {
                Typed::Texts(place) => Some(Typed::Integer(Integer::Count(place))),
                other => self.mistyped(at, "size", &[&other]),
            },
            (_, [left, right]) if comparison(name).is_some() => {
                let (one, other) = (self.typed(left), self.typed(right));
                let comparison = comparison(name)?;
                self.compared(at, name, comparison, one?, other?)
            }
            (_, [left, right]) if arithmetic(name).is_some() => {
                let (one, other) = (self.typed(left), self.typed(right));
                let arithmetic = arithmetic(name)?;
                self.computed(at, name, arithmetic, one?, other?)
            }
            _ => {
                self.unknown_function(at, name);
                None
            }
        }
    }

    fn choice(
        &mut self,
        at: &IdedExpr,
        condition: &IdedExpr,
        yes: &IdedExpr,
        no: &IdedExpr,
    ) -> Option<Typed> {
        let condition = self.condition(condition);
        let (yes, no) = (self.typed(yes), self.typed(no));
        let condition = condition?;
        match (yes?, no?) {
            (Typed::Condition(yes), Typed::Condition(no)) => {
                Some(Typed::Condition(Condition::If(Box::new([
                    condition, yes, no,
                ]))))
            }
            (Typed::Integer(yes), Typed::Integer(no)) => {
                let choice = Integer::If(Box::new(condition), Box::new([yes, no]));
                Some(Typed::Integer(choice))
            }
            (Typed::Date(yes), Typed::Date(no)) => {
                let choice = Integer::If(Box::new(condition), Box::new([yes, no]));
                Some(Typed::Date(choice))
            }
            (Typed::Moment(yes), Typed::Moment(no)) => {
                let choice = Integer::If(Box::new(condition), Box::new([yes, no]));
                Some(Typed::Moment(choice))
            }
            (Typed::Number(yes), Typed::Number(no)) => {
                let choice = Number::If(Box::new(condition), Box::new([yes, no]));
                Some(Typed::Number(choice))
            }
            (yes, no) => self.mistyped(at, "? :", &[&yes, &no]),
        }
    }

    fn negated(&mut self, at: &IdedExpr, one: &IdedExpr) -> Option<Typed> {
        match self.typed(one)? {
            Typed::Integer(one) => Some(Typed::Integer(Integer::Negated(Box::new(one)))),
            Typed::Number(one) => Some(Typed::Number(Number::Negated(Box::new(one)))),
            other => self.mistyped(at, "-", &[&other]),
        }
    }

    fn membership(&mut self, at: &IdedExpr, one: &IdedExpr, list: &IdedExpr) -> Option<Typed> {
        let (one, list) = (self.typed(one), self.typed(list));
        let condition = match (one?, list?) {
            (Typed::Text(Text::Fact(place)), Typed::TextList(texts)) => {
                self.check_values(at, place, &texts)?;
                self.asked(place, TextTest::OneOf(texts))
            }
            (Typed::Integer(one), Typed::IntegerList(values)) => {
                Condition::Listed(Box::new(one), values)
            }
            (Typed::Text(Text::Known(text)), Typed::Texts(place)) => {
                self.check_values(at, place, std::slice::from_ref(&text))?;
                Condition::Holds(place, text)
            }
            (one, list) => return self.mistyped(at, "in", &[&one, &list]),
        };
        Some(Typed::Condition(condition))
    }

    /// A day as it is written, or that of a moment.
    fn date(&mut self, at: &IdedExpr, one: &IdedExpr) -> Option<Typed> {
        let Some(text) = literal_text(one) else {
            return match self.typed(one)? {
                Typed::Moment(moment) => Some(Typed::Date(Integer::DayOf(Box::new(moment)))),
                other => self.mistyped(at, "date", &[&other]),
            };
        };
        if let Some(day) = days::parse(text) {
            return Some(Typed::Date(Integer::Known(i64::from(day))));
        }
        let wording = Wording::new(
            "日期写作 date(\"2026-01-31\")，且须存在",
            "a day is written as date(\"2026-01-31\"), and must be one of the calendar",
        );
        self.report(at, "date", wording);
        None
    }

    fn moment(&mut self, at: &IdedExpr, text: &IdedExpr) -> Option<Typed> {
        if let Some(moment) = literal_text(text).and_then(moments::parse) {
            return Some(Typed::Moment(Integer::Known(moment)));
        }
        let wording = Wording::new(
            "时刻写作 moment(\"2026-01-31T14:30:00\")，不带时区，且须存在",
            "a moment is written as moment(\"2026-01-31T14:30:00\") without a zone, and must be one of the clock",
        );
        self.report(at, "moment", wording);
        None
    }

    fn method(&mut self, at: &IdedExpr, call: &CallExpr, target: &IdedExpr) -> Option<Typed> {
        let target = self.typed(target)?;
        let [Expr::Literal(LiteralValue::String(part))] =
            call.args.iter().map(|one| &one.expr).collect::<Vec<_>>()[..]
        else {
            self.unknown_function(at, &call.func_name);
            return None;
        };
        let part = part.inner().to_owned();
        let test = match call.func_name.as_str() {
            "startsWith" => TextTest::StartsWith(part),
            "endsWith" => TextTest::EndsWith(part),
            "contains" => TextTest::Contains(part),
            name => {
                self.unknown_function(at, name);
                return None;
            }
        };
        match target {
            Typed::Text(Text::Fact(place)) => Some(Typed::Condition(self.asked(place, test))),
            other => self.mistyped(at, &call.func_name, &[&other]),
        }
    }

    fn compared(
        &mut self,
        at: &IdedExpr,
        name: &str,
        comparison: Comparison,
        one: Typed,
        other: Typed,
    ) -> Option<Typed> {
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::Different);
        let of = |same: Condition| match comparison {
            Comparison::Different => Condition::Not(Box::new(same)),
            _ => same,
        };
        let condition = match (one, other) {
            (Typed::Integer(one), Typed::Integer(other))
            | (Typed::Date(one), Typed::Date(other))
            | (Typed::Moment(one), Typed::Moment(other)) => {
                Condition::Integers(comparison, Box::new([one, other]))
            }
            (Typed::Number(one), Typed::Number(other)) => {
                Condition::Numbers(comparison, Box::new([one, other]))
            }
            (Typed::Number(one), Typed::Integer(other)) => {
                let other = Number::Of(Box::new(other));
                Condition::Numbers(comparison, Box::new([one, other]))
            }
            (Typed::Integer(one), Typed::Number(other)) => {
                let one = Number::Of(Box::new(one));
                Condition::Numbers(comparison, Box::new([one, other]))
            }
            (Typed::Condition(one), Typed::Condition(other)) if is_equality => {
                of(Condition::Same(Box::new([one, other])))
            }
            (Typed::Text(Text::Fact(one)), Typed::Text(Text::Fact(other))) if is_equality => {
                of(Condition::SameText(one, other))
            }
            (Typed::Text(Text::Fact(place)), Typed::Text(Text::Known(text)))
            | (Typed::Text(Text::Known(text)), Typed::Text(Text::Fact(place)))
                if is_equality =>
            {
                self.check_values(at, place, std::slice::from_ref(&text))?;
                of(self.asked(place, TextTest::OneOf(vec![text])))
            }
            (one, other) => return self.mistyped(at, name, &[&one, &other]),
        };
        Some(Typed::Condition(condition))
    }

    fn computed(
        &mut self,
        at: &IdedExpr,
        name: &str,
        arithmetic: Arithmetic,
        one: Typed,
        other: Typed,
    ) -> Option<Typed> {
        let integers = |one, other| Integer::Arithmetic(arithmetic, Box::new([one, other]));
        let typed = match (one, other) {
            (Typed::Integer(one), Typed::Integer(other)) => Typed::Integer(integers(one, other)),
            (Typed::Date(one), Typed::Integer(other))
                if matches!(arithmetic, Arithmetic::Add | Arithmetic::Subtract) =>
            {
                Typed::Date(integers(one, other))
            }
            (Typed::Date(one), Typed::Date(other)) if arithmetic == Arithmetic::Subtract => {
                Typed::Integer(integers(one, other))
            }
            (Typed::Number(one), Typed::Number(other)) if arithmetic != Arithmetic::Remainder => {
                Typed::Number(Number::Arithmetic(arithmetic, Box::new([one, other])))
            }
            (one, other) => return self.mistyped(at, name, &[&one, &other]),
        };
        Some(typed)
    }
}

/// A text that stands in the expression itself.
fn literal_text(at: &IdedExpr) -> Option<&str> {
    match &at.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner()),
        _ => None,
    }
}

fn comparison(name: &str) -> Option<Comparison> {
    Some(match name {
        operator::EQUALS => Comparison::Equal,
        operator::NOT_EQUALS => Comparison::Different,
        operator::LESS => Comparison::Less,
        operator::LESS_EQUALS => Comparison::AtMost,
        operator::GREATER => Comparison::Greater,
        operator::GREATER_EQUALS => Comparison::AtLeast,
        _ => return None,
    })
}

fn arithmetic(name: &str) -> Option<Arithmetic> {
    Some(match name {
        operator::ADD => Arithmetic::Add,
        operator::SUBSTRACT => Arithmetic::Subtract,
        operator::MULTIPLY => Arithmetic::Multiply,
        operator::DIVIDE => Arithmetic::Divide,
        operator::MODULO => Arithmetic::Remainder,
        _ => return None,
    })
}
