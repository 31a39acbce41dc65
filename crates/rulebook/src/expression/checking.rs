//! Types of an expression: what the parser read becomes nodes of one type each, or problems with their places.

mod calls;

use std::ops::Range;

use cel::common::ast::{Expr, IdedExpr, ListExpr, LiteralValue};

use super::node::{Condition, Integer, Number, Text, TextTest, Typed};
use super::parsing::Parsed;
use super::{Expression, ExpressionProblem};
use crate::facts::{FactDictionary, Named, Type};
use crate::problem::Wording;

/// Nodes of an expression; a chain of comparisons has no more.
const MOST_NODES: usize = 500;
/// Entries of a list.
const LONGEST_LIST: usize = 1_000;

pub(super) fn check(
    parsed: &Parsed<'_>,
    dictionary: &FactDictionary,
) -> Result<Expression, Vec<ExpressionProblem>> {
    let mut checker = Checker {
        parsed,
        dictionary,
        problems: Vec::new(),
        facts: Vec::new(),
        nodes: 0,
        questions: 0,
        is_hushed: false,
    };
    let root = checker.typed(&parsed.root);
    let kind = match &root {
        Some(Typed::TextList(_) | Typed::IntegerList(_)) => {
            let wording = Wording::new("表达式不能得到列表", "an expression cannot give a list");
            checker.report(&parsed.root, "list_as_result", wording);
            None
        }
        Some(root) => Some(kind_of(root)),
        None => None,
    };
    checker.facts.sort_unstable();
    checker.facts.dedup();
    match (root, kind) {
        (Some(root), Some(kind)) if checker.problems.is_empty() => Ok(Expression {
            root,
            kind,
            facts: checker.facts,
        }),
        _ => {
            if checker.problems.is_empty() && !checker.is_hushed {
                let wording = Wording::new("无法理解此表达式", "this expression makes no sense");
                checker.report(&parsed.root, "syntax", wording);
            }
            Err(checker.problems)
        }
    }
}

fn kind_of(typed: &Typed) -> Type {
    match typed {
        Typed::Condition(_) => Type::Boolean,
        Typed::Integer(_) | Typed::IntegerList(_) => Type::Integer,
        Typed::Number(_) => Type::Number,
        Typed::Date(_) => Type::Date,
        Typed::Moment(_) => Type::Moment,
        Typed::Text(_) => Type::Text,
        Typed::Texts(_) | Typed::TextList(_) => Type::Texts,
    }
}

struct Checker<'a> {
    parsed: &'a Parsed<'a>,
    dictionary: &'a FactDictionary,
    problems: Vec<ExpressionProblem>,
    facts: Vec<usize>,
    nodes: usize,
    questions: usize,
    /// Whether it looks at a fact whose declaration was refused.
    is_hushed: bool,
}

impl Checker<'_> {
    fn report(&mut self, at: &IdedExpr, code: &'static str, wording: Wording) {
        let span = self.whole(at);
        self.problems.push(ExpressionProblem {
            span,
            code,
            wording,
        });
    }

    /// From the first to the last byte of a node and all below it.
    fn whole(&self, at: &IdedExpr) -> Range<usize> {
        let mut own = self.parsed.span(at.id);
        let first = match &at.expr {
            Expr::Call(call) => {
                // The parser places a function at its bracket.
                let before = &self.parsed.text[..own.start];
                if before.trim_end().ends_with(&call.func_name) {
                    own.start = before.trim_end().len() - call.func_name.len();
                }
                call.target.as_deref().or(call.args.first())
            }
            Expr::Select(select) => Some(select.operand.as_ref()),
            _ => None,
        };
        let start = first.map_or(own.start, |first| self.whole(first).start.min(own.start));
        start..own.end
    }

    fn typed(&mut self, at: &IdedExpr) -> Option<Typed> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            if self.nodes == MOST_NODES + 1 {
                let wording = Wording::new(
                    format!("表达式超过 {MOST_NODES} 个部分"),
                    format!("an expression has {MOST_NODES} parts at most"),
                );
                self.report(at, "too_many_parts", wording);
            }
            return None;
        }
        match &at.expr {
            Expr::Literal(literal) => self.literal(at, literal),
            Expr::Ident(name) => self.fact(at, name),
            Expr::Select(select) => {
                let name = path(&select.operand)?;
                let name = format!("{name}.{}", select.field);
                if select.test {
                    let place = self.place(at, &name)?;
                    return Some(Typed::Condition(Condition::Has(place)));
                }
                self.fact(at, &name)
            }
            Expr::Call(call) => self.call(at, call),
            Expr::List(list) => self.list(at, list),
            _ => {
                let wording = Wording::new(
                    "规则中不能使用循环、映射和结构",
                    "loops, maps and structures are no part of rules",
                );
                self.report(at, "not_in_rules", wording);
                None
            }
        }
    }

    fn literal(&mut self, at: &IdedExpr, literal: &LiteralValue) -> Option<Typed> {
        Some(match literal {
            LiteralValue::Boolean(value) => Typed::Condition(Condition::Known(*value.inner())),
            LiteralValue::Int(value) => Typed::Integer(Integer::Known(*value.inner())),
            LiteralValue::Double(value) if value.inner().is_finite() => {
                Typed::Number(Number::Known(*value.inner()))
            }
            LiteralValue::String(value) => Typed::Text(Text::Known(value.inner().to_owned())),
            _ => {
                let wording = Wording::new(
                    "只能写真假值、整数、小数和文本",
                    "only booleans, integers, finite numbers and texts can be written",
                );
                self.report(at, "literal", wording);
                return None;
            }
        })
    }

    fn place(&mut self, at: &IdedExpr, name: &str) -> Option<usize> {
        match self.dictionary.named(name) {
            Named::Known(place) => {
                self.facts.push(place);
                return Some(place);
            }
            // That was told where it is declared.
            Named::Refused => {
                self.is_hushed = true;
                return None;
            }
            Named::Unknown => {}
        }
        let (zh, en) = match self.nearest(name) {
            Some(near) => (format!("；是否为 {near}？"), format!("; is it {near}?")),
            None => (String::new(), String::new()),
        };
        let wording = Wording::new(
            format!("没有事实 {name}{zh}"),
            format!("there is no fact {name}{en}"),
        );
        self.report(at, "unknown_fact", wording);
        None
    }

    /// A fact whose name shares most of its beginning and end with another name.
    fn nearest(&self, name: &str) -> Option<&str> {
        let alike = |other: &str| {
            let pairs =
                |left: &mut dyn Iterator<Item = (u8, u8)>| left.take_while(|(a, b)| a == b).count();
            let start = pairs(&mut name.bytes().zip(other.bytes()));
            let end = pairs(&mut name.bytes().rev().zip(other.bytes().rev()));
            start + end
        };
        let names = self
            .dictionary
            .facts()
            .iter()
            .map(|fact| fact.name.as_str());
        let best = names.max_by_key(|other| alike(other))?;
        (alike(best) * 10 >= name.len() * 7).then_some(best)
    }

    fn fact(&mut self, at: &IdedExpr, name: &str) -> Option<Typed> {
        let place = self.place(at, name)?;
        Some(match self.dictionary.fact(place).kind {
            Type::Boolean => Typed::Condition(Condition::Fact(place)),
            Type::Integer => Typed::Integer(Integer::Fact(place)),
            Type::Number => Typed::Number(Number::Fact(place)),
            Type::Date => Typed::Date(Integer::Fact(place)),
            Type::Moment => Typed::Moment(Integer::Fact(place)),
            Type::Text => Typed::Text(Text::Fact(place)),
            Type::Texts => Typed::Texts(place),
        })
    }

    fn list(&mut self, at: &IdedExpr, list: &ListExpr) -> Option<Typed> {
        let (mut texts, mut integers) = (Vec::new(), Vec::new());
        for element in list.elements.iter().take(LONGEST_LIST + 1) {
            match &element.expr {
                Expr::Literal(LiteralValue::String(text)) => texts.push(text.inner().to_owned()),
                Expr::Literal(LiteralValue::Int(value)) => integers.push(*value.inner()),
                _ => {}
            }
        }
        let length = list.elements.len();
        if length > 0 && texts.len() == length {
            return Some(Typed::TextList(texts));
        }
        if length > 0 && integers.len() == length {
            integers.sort_unstable();
            return Some(Typed::IntegerList(integers));
        }
        let wording = Wording::new(
            format!("列表只能全是文本或全是整数，一至 {LONGEST_LIST} 项"),
            format!("a list holds texts or integers, 1 to {LONGEST_LIST} of them"),
        );
        self.report(at, "list", wording);
        None
    }

    fn unknown_function(&mut self, at: &IdedExpr, name: &str) {
        let wording = Wording::new(
            format!("没有函数 {name}，或参数个数不对"),
            format!("there is no function {name} of so many arguments"),
        );
        self.report(at, "unknown_function", wording);
    }

    fn mistyped(&mut self, at: &IdedExpr, name: &str, found: &[&Typed]) -> Option<Typed> {
        let sign = name.trim_matches('_').trim_matches('@');
        let words: Vec<Wording> = found.iter().map(|found| kind_of(found).wording()).collect();
        let list = |of: fn(&Wording) -> &str, between: &str| {
            let words: Vec<&str> = words.iter().map(of).collect();
            words.join(between)
        };
        let wording = Wording::new(
            format!("{sign} 不适用于{}", list(|word| &word.zh, "与")),
            format!("{sign} does not take {}", list(|word| &word.en, " and ")),
        );
        self.report(at, "wrong_type", wording);
        None
    }

    fn condition(&mut self, at: &IdedExpr) -> Option<Condition> {
        match self.typed(at)? {
            Typed::Condition(condition) => Some(condition),
            other => {
                self.mistyped(at, "&& || !", &[&other]);
                None
            }
        }
    }

    fn day(&mut self, at: &IdedExpr) -> Option<Integer> {
        match self.typed(at)? {
            Typed::Date(day) => Some(day),
            other => {
                self.mistyped(at, "years", &[&other]);
                None
            }
        }
    }

    /// Texts that a fact can never be are slips of the pen.
    fn check_values(&mut self, at: &IdedExpr, place: usize, texts: &[String]) -> Option<()> {
        let fact = self.dictionary.fact(place);
        let strange = texts
            .iter()
            .find(|text| !fact.values.is_empty() && !fact.values.contains(text));
        let Some(strange) = strange else {
            return Some(());
        };
        let wording = Wording::new(
            format!(
                "{} 不会是「{strange}」；可取 {}",
                fact.name,
                fact.values.join("、")
            ),
            format!(
                "{} is never {strange:?}; it is one of {}",
                fact.name,
                fact.values.join(", ")
            ),
        );
        self.report(at, "impossible_value", wording);
        None
    }

    fn asked(&mut self, fact: usize, test: TextTest) -> Condition {
        self.questions += 1;
        Condition::Asked {
            fact,
            test,
            number: self.questions - 1,
        }
    }
}

/// The name that a chain of selections spells.
fn path(at: &IdedExpr) -> Option<String> {
    match &at.expr {
        Expr::Ident(name) => Some(name.clone()),
        Expr::Select(select) if !select.test => {
            Some(format!("{}.{}", path(&select.operand)?, select.field))
        }
        _ => None,
    }
}
