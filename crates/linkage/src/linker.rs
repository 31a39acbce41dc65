//! A model ready for use: the same functions link a whole book at once and one record as it arrives.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::blocking::{PartKeys, Rule, RuleKeys};
use crate::book::{Book, BookBuilder};
use crate::clustering;
use crate::explanation::{self, Explanation, WhyNot};
use crate::frequencies::{Frequencies, FrequencyModel};
use crate::grouping::{self, Entries, Entry};
use crate::guards::{Action, Guard, ReadyGuard};
use crate::hash;
use crate::linking::{Edge, KEPT_BELOW, Linked, Verdict};
use crate::model::Model;
use crate::problem::ModelProblem;
use crate::scoring::Weights;

/// What a person said of two records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decision {
    /// The row of the one.
    pub left: u32,
    /// The row of the other.
    pub right: u32,
    /// Whether they are one party.
    pub same: bool,
}

/// What is known beyond the records.
#[derive(Default)]
pub struct Circumstances<'a> {
    /// Keys that more records share than a model compares, some of which are not in the book.
    pub closed: Option<&'a HashSet<u64>>,
    /// What persons decided; nothing overrules it.
    pub decisions: &'a [Decision],
}

/// A model that was checked and is ready.
pub struct Linker {
    model: Model,
    pub(crate) weights: Weights,
    rules: Vec<Rule>,
    guards: Vec<ReadyGuard>,
    frequencies: Vec<Option<Arc<Frequencies>>>,
}

impl Linker {
    /// Checks a model and makes it ready.
    pub fn new(model: Model) -> Result<Self, ModelProblem> {
        model.check()?;
        let frequencies = model.fields.iter().map(|field| {
            let ready = field.frequent.as_ref().and_then(FrequencyModel::ready);
            ready.map(Arc::new)
        });
        Ok(Self {
            weights: Weights::new(&model),
            rules: model.key_rules()?,
            guards: ReadyGuard::all(&model),
            frequencies: frequencies.collect(),
            model,
        })
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// A book of a table with this header, whose values are as frequent as where the model was learnt.
    pub fn book(&self, header: &[String], records: usize) -> Result<BookBuilder, ModelProblem> {
        let plan = self.model.plan(header)?;
        Ok(BookBuilder::knowing(
            plan,
            self.frequencies.clone(),
            records,
        ))
    }

    /// The keys under which each record is looked for, in the order of the rules.
    pub fn keys(&self, book: &Book) -> Vec<Vec<u64>> {
        let parts = self.parts(book);
        let mut keys: Vec<Vec<u64>> = vec![Vec::new(); book.len()];
        let mut own = Vec::new();
        for (rule, keys_of_rule) in self.rule_keys(book, &parts) {
            for (row, keys) in (0..).zip(&mut keys) {
                self.of_rule(rule, &keys_of_rule, row, keys.len(), &mut own);
                keys.extend_from_slice(&own);
            }
        }
        keys
    }

    /// Finds the parties of a book.
    pub fn link(&self, book: &Book, circumstances: &Circumstances<'_>) -> Linked {
        let parts = self.parts(book);
        let pairs = self.pairs(book, &parts, circumstances.closed);
        let compared = pairs.len();
        let mut edges: Vec<Edge> = pairs
            .iter()
            .filter_map(|pair| self.edge(book, (pair >> 32) as u32, *pair as u32))
            .collect();
        drop(pairs);
        decide(&mut edges, circumstances.decisions);
        let most = self.model.limits.records_a_party;
        let parties = clustering::cluster(book, &edges, self.model.threshold_bits, most);
        Linked {
            parties,
            edges,
            compared,
        }
    }

    /// The records whose parties depend on each other, each group named by the row of its first record.
    pub fn components(&self, book: &Book, linked: &Linked) -> Vec<u32> {
        clustering::components(book.len() as u32, &linked.edges, self.model.threshold_bits)
    }

    /// What the model says of two records.
    pub fn explain(&self, book: &Book, left: u32, right: u32) -> Explanation {
        explanation::explain(book, &self.model, left, right)
    }

    /// Why two records are not linked by what they say themselves; nothing where they are.
    pub fn why_not(&self, book: &Book, left: u32, right: u32) -> Vec<WhyNot> {
        let explanation = self.explain(book, left, right);
        let guards = self.guards(book, left, right);
        let mut reasons = Vec::new();
        if let Some(field) = explanation.contradiction {
            reasons.push(WhyNot::Contradiction { field });
        } else if guards
            .first()
            .is_some_and(|guard| guard.action == Action::Link)
        {
            return reasons;
        }
        let held = guards.iter().filter(|guard| guard.action == Action::Hold);
        reasons.extend(held.map(|guard| WhyNot::Held {
            guard: guard.code.clone(),
        }));
        let missing_bits = self.model.threshold_bits - explanation.bits;
        if missing_bits > 0.0 {
            reasons.push(WhyNot::TooLittle { missing_bits });
        }
        let parts = self.parts(book);
        if !self
            .rule_keys(book, &parts)
            .any(|(_, rule)| rule.meet(left, right))
        {
            reasons.push(WhyNot::NeverMeet);
        }
        reasons
    }

    /// The guards that hold of two records.
    pub fn guards(&self, book: &Book, left: u32, right: u32) -> Vec<&Guard> {
        let guards = self.guards.iter().zip(&self.model.guards);
        let holding = guards.filter(|(ready, _)| ready.holds(book, left, right));
        holding.map(|(_, guard)| guard).collect()
    }

    /// The parts of keys that the rules need, each once.
    fn parts<'a>(&self, book: &'a Book) -> Vec<PartKeys<'a>> {
        let parts = self.rules.iter().flat_map(|rule| &rule.parts);
        let mut needed: Vec<_> = parts.copied().collect();
        needed.sort_unstable();
        needed.dedup();
        needed
            .into_iter()
            .map(|part| book.part_keys(part))
            .collect()
    }

    fn rule_keys<'a>(
        &'a self,
        book: &'a Book,
        parts: &'a [PartKeys<'a>],
    ) -> impl Iterator<Item = (u64, RuleKeys<'a>)> {
        let find = |part| parts.iter().find(|keys| Some(&keys.part) == part);
        let rules = (1..).zip(&self.rules);
        rules.filter_map(move |(number, rule)| {
            let keys = RuleKeys {
                book,
                left: find(rule.parts.first())?,
                right: find(rule.parts.get(1)),
            };
            Some((number, keys))
        })
    }

    /// The keys of a record under one rule, which already has so many of earlier rules; they take the place of those
    /// in `own`.
    #[inline]
    fn of_rule(&self, rule: u64, keys: &RuleKeys<'_>, row: u32, had: usize, own: &mut Vec<u64>) {
        let most = (self.model.limits.keys_a_record as usize).saturating_sub(had);
        own.clear();
        keys.each(row, 1, |key| {
            let key = hash::both(rule, key);
            if own.len() < most.min(MOST_KEYS_A_RULE) && !own.contains(&key) {
                own.push(key);
            }
        });
    }

    /// Calls back for each key under which records are looked for, with the rows of all that have it.
    pub fn each_key(&self, book: &Book, mut callback: impl FnMut(u64, &[u32])) {
        let parts = self.parts(book);
        let mut rows = Vec::new();
        self.each_group(book, &parts, |group| {
            rows.clear();
            rows.extend(group.iter().map(|entry| entry.row));
            callback(group[0].key, &rows);
        });
    }

    /// Calls back for each key of the book with the entries under it, rule after rule.
    fn each_group(&self, book: &Book, parts: &[PartKeys<'_>], mut callback: impl FnMut(&[Entry])) {
        let mut entries = Entries::default();
        let (mut had, mut own) = (vec![0_u8; book.len()], Vec::new());
        for (rule, keys) in self.rule_keys(book, parts) {
            let entries = entries.fill(|entries| {
                for (row, had) in (0..).zip(&mut had) {
                    self.of_rule(rule, &keys, row, usize::from(*had), &mut own);
                    *had = had.saturating_add(own.len() as u8);
                    entries.extend(own.iter().map(|key| Entry { key: *key, row }));
                }
            });
            grouping::groups(entries).for_each(&mut callback);
        }
    }

    /// The pairs that the rules bring together, each once, the earlier row in the upper half.
    fn pairs(
        &self,
        book: &Book,
        parts: &[PartKeys<'_>],
        closed: Option<&HashSet<u64>>,
    ) -> Vec<u64> {
        let mut pairs = Vec::new();
        let most = self.model.limits.records_a_key as usize;
        self.each_group(book, parts, |group| {
            let is_closed = closed.is_some_and(|closed| closed.contains(&group[0].key));
            if group.len() > most || is_closed {
                return;
            }
            for (place, right) in group.iter().enumerate() {
                let lefts = group[..place].iter();
                pairs.extend(lefts.map(|left| {
                    let (left, right) = (left.row.min(right.row), left.row.max(right.row));
                    u64::from(left) << 32 | u64::from(right)
                }));
            }
        });
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// What a pair says, if that is worth keeping.
    fn edge(&self, book: &Book, left: u32, right: u32) -> Option<Edge> {
        let least = -KEPT_BELOW - self.model.prior_bits;
        let guard = |always: bool| {
            let mut guards = self.guards.iter();
            guards.find(|guard| (guard.always || !always) && guard.holds(book, left, right))
        };
        let weighed = self.weights.evidence(book, left, right, least);
        let (evidence, guard) = if let Some(evidence) = weighed {
            (evidence, guard(false))
        } else {
            let guard = guard(true)?;
            let evidence = self.weights.evidence(book, left, right, f32::MIN)?;
            (evidence, Some(guard))
        };
        let verdict = if book.contradiction(left, right).is_some() {
            Verdict::Apart
        } else {
            match guard.map(|guard| guard.action) {
                None => Verdict::Evidence,
                Some(Action::Link) => Verdict::Certain,
                Some(Action::Hold) => Verdict::Held,
            }
        };
        Some(Edge {
            left,
            right,
            bits: evidence + self.model.prior_bits,
            verdict,
        })
    }
}

/// Keys of one record under one rule.
const MOST_KEYS_A_RULE: usize = 64;

/// Puts what persons decided in the place of what the evidence says.
fn decide(edges: &mut Vec<Edge>, decisions: &[Decision]) {
    if decisions.is_empty() {
        return;
    }
    let mut missing: HashMap<(u32, u32), bool> = decisions
        .iter()
        .filter(|decision| decision.left != decision.right)
        .map(|decision| {
            let pair = (
                decision.left.min(decision.right),
                decision.left.max(decision.right),
            );
            (pair, decision.same)
        })
        .collect();
    let said = |same: &bool| {
        if *same {
            Verdict::Joined
        } else {
            Verdict::Apart
        }
    };
    for edge in edges.iter_mut() {
        if let Some(same) = missing.remove(&(edge.left, edge.right)) {
            edge.verdict = said(&same);
        }
    }
    edges.extend(missing.iter().map(|((left, right), same)| Edge {
        left: *left,
        right: *right,
        bits: 0.0,
        verdict: said(same),
    }));
    edges.sort_unstable_by_key(|edge| (edge.left, edge.right));
}
