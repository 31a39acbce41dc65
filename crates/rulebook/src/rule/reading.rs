//! What all kinds of rules read alike: heads, conditions, examples.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Example, Head, Known, list};
use crate::expression::{Expression, ExpressionProblem};
use crate::facts::{FactDictionary, Named};
use crate::foundation::Foundation;
use crate::pack::reading::{Section, Written};
use crate::pack::values::values;
use crate::pack::{Source, identifier};
use crate::problem::Problems;

/// What a reader of rules knows, and where it reports.
pub(crate) struct Reading<'a> {
    pub foundation: &'a Foundation,
    pub sources: &'a [Source],
    pub problems: &'a mut Problems,
    pub seen: Seen,
}

/// Bytes of all expressions of a pack: what takes longest to read.
pub(crate) const MOST_WRITTEN: usize = 400_000;

/// Rules that were read before.
#[derive(Default)]
pub(crate) struct Seen {
    /// How many there were.
    pub rules: usize,
    /// How many bytes of expressions.
    pub written: usize,
    ids: BTreeSet<String>,
    /// The attributes that rules of a kind spoke of.
    attributes: BTreeSet<(&'static str, String)>,
    /// Those that were left out because of mistakes.
    pub refused: BTreeSet<String>,
}

impl Reading<'_> {
    pub fn facts(&self) -> &FactDictionary {
        &self.foundation.facts
    }

    /// A problem at a place of a table.
    pub fn report(
        &mut self,
        table: &Section<'_>,
        span: &Range<usize>,
        code: &'static str,
        (zh, en): (impl Into<String>, impl Into<String>),
    ) {
        self.problems.push(table.problem(span, code, zh, en));
    }

    /// Id, label, source and article of a rule. Whatever is wrong with them, the rest of the rule is read all the same,
    /// for what else is wrong with it.
    pub fn head(&mut self, table: &mut Section<'_>) -> Head {
        let id = identifier(table, self.problems);
        let label = table.label(self.problems);
        let source = table.text("source", self.problems);
        let article = table.optional("article", self.problems);
        if let Some(source) = &source
            && self.sources.iter().all(|known| known.id != source.text)
        {
            let zh = format!("pack.toml 没有来源 {}", source.text);
            let en = format!("pack.toml has no source {}", source.text);
            self.report(table, &source.span, "unknown_source", (zh, en));
        }
        if let Some(id) = &id
            && !self.seen.ids.insert(id.clone())
        {
            let zh = format!("规则 {id} 重复");
            let en = format!("rule {id} stands in the pack twice");
            self.report(table, &table.span.clone(), "twice", (zh, en));
        }
        Head {
            id: id.unwrap_or_default(),
            label,
            source: source.map_or_else(String::new, |source| source.text.to_owned()),
            article: article.map(|article| article.text.to_owned()),
            file: table.file.name.to_owned(),
            span: table.span.clone(),
        }
    }

    /// The place of a fact that a table names; of one whose declaration was refused nothing is said.
    pub fn fact(&mut self, table: &Section<'_>, named: &Written<'_>) -> Option<usize> {
        match self.facts().named(named.text) {
            Named::Known(place) => return Some(place),
            Named::Refused => self.problems.hush(),
            Named::Unknown => {
                let told = (
                    format!("没有事实 {}", named.text),
                    format!("there is no fact {}", named.text),
                );
                self.report(table, &named.span, "unknown_fact", told);
            }
        }
        None
    }

    /// The attribute that a rule of a kind is about: one that there is, and no other rule of that kind and pack is about.
    pub fn attribute(&mut self, table: &mut Section<'_>, kind: &'static str) -> Option<String> {
        let written = table.text("attribute", self.problems)?;
        let name = written.text.to_owned();
        if !self.foundation.may_have_attribute(&name) {
            let told = (
                format!("没有属性 {name}"),
                format!("there is no attribute {name}"),
            );
            self.report(table, &written.span, "unknown_attribute", told);
        } else if !self.seen.attributes.insert((kind, name.clone())) {
            let told = (
                format!("属性 {name} 在本包中已有同类规则"),
                format!("another rule of the pack is of the same kind and about {name}"),
            );
            self.report(table, &written.span, "twice", told);
        }
        Some(name)
    }

    /// A condition that must be there, and where it stands.
    pub fn condition<'a>(
        &mut self,
        table: &mut Section<'a>,
        key: &'static str,
    ) -> Option<(Expression, Written<'a>)> {
        let written = table.text(key, self.problems)?;
        let expression = self.compiled(table, &written, Expression::condition)?;
        Some((expression, written))
    }

    /// A condition that may be left out.
    pub fn optional_condition(
        &mut self,
        table: &mut Section<'_>,
        key: &'static str,
    ) -> Option<Expression> {
        let written = table.optional(key, self.problems)?;
        self.compiled(table, &written, Expression::condition)
    }

    /// An expression as `compile` takes it.
    pub fn compiled(
        &mut self,
        table: &Section<'_>,
        written: &Written<'_>,
        compile: impl Fn(&str, &FactDictionary) -> Result<Expression, Vec<ExpressionProblem>>,
    ) -> Option<Expression> {
        self.seen.written += written.text.len();
        if self.problems.is_full() || self.seen.written > MOST_WRITTEN {
            self.problems.hush();
            return None;
        }
        let wrong = match compile(written.text, self.facts()) {
            Ok(expression) => return Some(expression),
            Err(wrong) => wrong,
        };
        // Nothing is said of what hangs on a fact whose declaration was refused.
        self.problems.hush();
        for wrong in wrong {
            let start = wrong.span.start;
            self.problems
                .push(table.problem_within(written, start, wrong.code, wrong.wording));
        }
        None
    }

    /// Of rows that are looked at in order, those that no row reaches: one before it always holds.
    pub fn check_reached(&mut self, table: &Section<'_>, rows: &[(&Expression, Range<usize>)]) {
        let conditions: Vec<&Expression> = rows.iter().map(|(when, _)| *when).collect();
        let Some(reached) = Expression::first_to_hold(&conditions, self.facts()) else {
            return;
        };
        for ((_, span), reached) in rows.iter().zip(reached) {
            if !reached {
                let told = (
                    "此条件永不起作用：它不可能成立，或先前的条件总先成立",
                    "this condition never decides: it cannot hold, or one before it always holds first",
                );
                self.report(table, span, "unreachable", told);
            }
        }
    }

    /// The examples of a rule over facts; `expect` reads what each expects.
    pub fn examples(
        &mut self,
        rule: &mut Section<'_>,
        expect: impl Fn(&mut Section<'_>, &mut Self) -> Option<String>,
    ) -> Vec<Example<Known>> {
        self.examples_of(rule, |example, reading| {
            let given = example.section("given", reading.problems);
            if example.value("given").is_none() {
                reading.problems.push(example.missing("given"));
            }
            let given = given.map(|given| values(given, reading.foundation, reading.problems));
            let expect = expect(example, reading);
            Some((given?, expect?))
        })
    }

    /// The examples of a rule that knows how one is read.
    pub fn examples_of<G>(
        &mut self,
        rule: &mut Section<'_>,
        read: impl Fn(&mut Section<'_>, &mut Self) -> Option<(G, String)>,
    ) -> Vec<Example<G>> {
        let mut examples = Vec::new();
        let sections = rule.sections("example", self.problems);
        let is_shown = !sections.is_empty();
        for mut example in sections {
            let span = example.span.clone();
            if let Some((given, expect)) = read(&mut example, self) {
                examples.push(Example {
                    given,
                    expect,
                    span,
                });
            }
            example.end(self.problems);
        }
        if !is_shown {
            self.problems.push(rule.without_example());
        }
        examples
    }

    /// What an example expects: one of these words.
    pub fn expected_word(
        &mut self,
        example: &mut Section<'_>,
        allowed: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let word = example.text("expect", self.problems)?;
        if allowed(word.text) {
            return Some(word.text.to_owned());
        }
        let told = (
            format!("规则不会得出 {}", word.text),
            format!("the rule never says {}", word.text),
        );
        self.report(example, &word.span, "expect", told);
        None
    }

    /// What an example expects: a list of these words.
    pub fn expected_words(
        &mut self,
        example: &mut Section<'_>,
        allowed: impl Fn(&str) -> bool,
    ) -> Option<String> {
        if example.value("expect").is_none() {
            self.problems.push(example.missing("expect"));
        }
        let words = example.texts("expect", self.problems);
        for word in &words {
            if !allowed(word.text) {
                let told = (
                    format!("规则不会得出 {}", word.text),
                    format!("the rule never says {}", word.text),
                );
                self.report(example, &word.span, "expect", told);
                return None;
            }
        }
        Some(list(words.iter().map(|word| word.text)))
    }

    /// Reports a second one of an id.
    pub fn check_new<'i>(
        &mut self,
        table: &Section<'_>,
        id: Option<&str>,
        mut before: impl Iterator<Item = &'i str>,
    ) {
        if let Some(id) = id
            && before.any(|other| other == id)
        {
            let told = (format!("编号 {id} 重复"), format!("{id} stands here twice"));
            self.report(table, &table.span, "twice", told);
        }
    }
}
