//! Rules (规则): what they have in common, whatever their kind.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::expression::{Expression, Outcome, Truth};
use crate::facts::{Batch, FactDictionary, Label, Value};
use crate::foundation::Foundation;
use crate::pack::reading::{Section, Written};
use crate::pack::values::values;
use crate::pack::{Source, identifier};
use crate::problem::{Problem, Problems, Wording};
use crate::rules::{
    Bands, Calendar, Clock, Completeness, Condition, DecisionTable, Derived, Dictionary, MaskRule,
    SamplingPlan, Scorecard, Survivorship,
};

/// What is said of every rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// By which decisions and other packs name it.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// The source that it implements.
    pub source: String,
    /// The article of the source.
    pub article: Option<String>,
    /// The file of the pack in which it stands.
    pub file: String,
    /// Where in the file.
    pub(crate) span: Range<usize>,
}

/// A rule of any kind.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each kind is described where it is defined")]
pub enum Rule {
    Condition(Condition),
    Derived(Derived),
    Completeness(Completeness),
    Bands(Bands),
    Scorecard(Scorecard),
    Decision(DecisionTable),
    Calendar(Calendar),
    Clock(Clock),
    Mask(MaskRule),
    Survivorship(Survivorship),
    Sampling(SamplingPlan),
    Dictionary(Dictionary),
}

/// What all kinds do in their own way.
pub(crate) trait Kind: Sized {
    /// The key under which a file has its tables.
    const KEY: &'static str;

    /// Reads what a table says beside its head; nothing of what cannot be used.
    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self>;

    fn head(&self) -> &Head;

    /// The conditions and values that it computes.
    fn expressions(&self) -> Vec<&Expression>;

    /// Runs its examples; whether they show it from all sides.
    fn show(&self, trial: &mut Trial<'_>) -> bool;
}

/// Does the same with a rule of any kind.
macro_rules! each {
    ($rule:expr, $kind:ident => $does:expr) => {
        match $rule {
            Rule::Condition($kind) => $does,
            Rule::Derived($kind) => $does,
            Rule::Completeness($kind) => $does,
            Rule::Bands($kind) => $does,
            Rule::Scorecard($kind) => $does,
            Rule::Decision($kind) => $does,
            Rule::Calendar($kind) => $does,
            Rule::Clock($kind) => $does,
            Rule::Mask($kind) => $does,
            Rule::Survivorship($kind) => $does,
            Rule::Sampling($kind) => $does,
            Rule::Dictionary($kind) => $does,
        }
    };
}

impl Rule {
    /// What is said of every rule.
    pub fn head(&self) -> &Head {
        each!(self, rule => rule.head())
    }

    /// The word for its kind in files, JSON and URLs.
    pub fn kind(&self) -> &'static str {
        fn key<K: Kind>(_: &K) -> &'static str {
            K::KEY
        }
        each!(self, rule => key(rule))
    }

    /// The places of the facts that it looks at, in order.
    pub fn facts(&self) -> Vec<usize> {
        let facts = self.expressions().into_iter().flat_map(Expression::facts);
        let facts: BTreeSet<usize> = facts.copied().collect();
        facts.into_iter().collect()
    }

    pub(crate) fn expressions(&self) -> Vec<&Expression> {
        each!(self, rule => rule.expressions())
    }

    pub(crate) fn show(&self, trial: &mut Trial<'_>) -> bool {
        each!(self, rule => rule.show(trial))
    }
}

/// A case with what is expected of it, as files write it.
#[derive(Clone, PartialEq, Debug)]
pub struct Example<G> {
    /// What is given.
    pub given: G,
    /// What the rule says then, in its canonical form.
    pub expect: String,
    pub(crate) span: Range<usize>,
}

/// What is known of a row, by the places of the facts.
pub type Known = Vec<(usize, Value)>;

/// The word for what cannot be decided because a fact is missing.
pub(crate) const MISSING: &str = "missing";
/// The word for what a rule does not concern.
pub(crate) const NOT_APPLICABLE: &str = "not_applicable";

/// What a reader of rules knows, and where it reports.
pub(crate) struct Reading<'a> {
    pub foundation: &'a Foundation,
    pub sources: &'a [Source],
    pub problems: &'a mut Problems,
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

    /// Id, label, source and article of a rule, and whether all that it must have is there; the rest of a rule is read
    /// all the same, for what else is wrong with it.
    pub fn head(&mut self, table: &mut Section<'_>) -> (Head, bool) {
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
        let is_whole = id.is_some() && source.is_some();
        let head = Head {
            id: id.unwrap_or_default(),
            label,
            source: source.map_or_else(String::new, |source| source.text.to_owned()),
            article: article.map(|article| article.text.to_owned()),
            file: table.file.name.to_owned(),
            span: table.span.clone(),
        };
        (head, is_whole)
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
        compile: impl Fn(&str, &FactDictionary) -> Result<Expression, Vec<crate::ExpressionProblem>>,
    ) -> Option<Expression> {
        let wrong = match compile(written.text, self.facts()) {
            Ok(expression) => return Some(expression),
            Err(wrong) => wrong,
        };
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
            let Some(given) = example.section("given", reading.problems) else {
                if example.value("given").is_none() {
                    reading.problems.push(example.missing("given"));
                }
                return None;
            };
            let given = values(given, reading.foundation, reading.problems);
            Some((given, expect(example, reading)?))
        })
    }

    /// The examples of a rule that knows how one is read.
    pub fn examples_of<G>(
        &mut self,
        rule: &mut Section<'_>,
        read: impl Fn(&mut Section<'_>, &mut Self) -> Option<(G, String)>,
    ) -> Vec<Example<G>> {
        let mut examples = Vec::new();
        for mut example in rule.sections("example", self.problems) {
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
        if examples.is_empty() {
            let told = ("规则没有示例", "the rule has no example");
            self.report(rule, &rule.span.clone(), "missing_example", told);
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

/// A list in its canonical form.
pub(crate) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", words.collect::<Vec<_>>().join(", "))
}

/// Examples run as tests.
pub(crate) struct Trial<'a> {
    pub foundation: &'a Foundation,
    pub problems: &'a mut Problems,
    /// How many were run.
    pub examples: usize,
}

impl Trial<'_> {
    /// What examples give, as rows with all derived facts.
    pub fn rows(&self, examples: &[Example<Known>]) -> Batch {
        let given: Vec<&Known> = examples.iter().map(|example| &example.given).collect();
        self.foundation.rows(&given)
    }

    /// Reports what turns out otherwise than an example expects.
    pub fn compare<G>(&mut self, head: &Head, example: &Example<G>, found: &str) {
        self.examples += 1;
        let (id, expect) = (&head.id, &example.expect);
        if expect != found {
            let wording = Wording::new(
                format!("{id} 的示例应得 {expect}，实得 {found}"),
                format!("the example of {id} expects {expect}, it is {found}"),
            );
            let problem = Problem::at(&head.file, &example.span, "example", wording);
            self.problems.push(problem);
        }
    }

    /// Reports sides from which no example shows a rule, and says whether there is none.
    pub fn check_shown(&mut self, head: &Head, shown: &[String], wanted: &[&str]) -> bool {
        let mut all = true;
        for wanted in wanted {
            if shown.iter().all(|shown| shown != wanted) {
                all = false;
                let wording = Wording::new(
                    format!("{} 没有得出 {wanted} 的示例", head.id),
                    format!("no example shows {} giving {wanted}", head.id),
                );
                let problem = Problem::at(&head.file, &head.span, "missing_example", wording);
                self.problems.push(problem);
            }
        }
        all
    }
}

/// The truth of a condition in each row.
pub(crate) fn truths(when: &Expression, batch: &Batch) -> Vec<Truth> {
    match when.evaluate(batch) {
        Outcome::Truths(truths) => truths,
        _ => vec![Truth::Missing; batch.len()],
    }
}

/// The facts that are missing in a row and of which one of these conditions says so.
pub(crate) fn missing_facts<'e>(
    conditions: impl Iterator<Item = &'e Expression>,
    batch: &Batch,
    row: usize,
) -> Vec<usize> {
    let undecided = conditions.filter(|when| truths(when, batch)[row] == Truth::Missing);
    let facts = undecided.flat_map(Expression::facts).copied();
    let missing: BTreeSet<usize> = facts.filter(|place| batch.lacks(*place, row)).collect();
    missing.into_iter().collect()
}
