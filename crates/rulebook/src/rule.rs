//! Rules (规则): what they have in common, whatever their kind.

mod reading;
mod trial;

use std::collections::BTreeSet;
use std::ops::Range;

pub(crate) use reading::{MOST_WRITTEN, Reading, Seen};
pub(crate) use trial::{Trial, missing_facts, truths};

use crate::expression::Expression;
use crate::facts::{Label, Value};
use crate::pack::reading::Section;
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

    /// The places of the facts that it looks at beside those of its expressions.
    fn named(&self) -> Vec<usize> {
        Vec::new()
    }

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
        let named = each!(self, rule => rule.named());
        let facts: BTreeSet<usize> = facts.copied().chain(named).collect();
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

/// A list in its canonical form.
pub(crate) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", words.collect::<Vec<_>>().join(", "))
}
